import { RegraftError } from '@regraft/errors';

const longest = 200;
const looksLikeId = /^v\d+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what a name must not have.
const forbidden = /[\u0000-\u001f\u007f\p{Surrogate}]|^[\s-]|\s$/u;

/** Throws 'usage-invalid' where a name could be taken for something else on a command line. */
export const assertName = (kind: 'version name' | 'run name' | 'alias', name: string): void => {
  if (name.length > 0 && name.length <= longest && !looksLikeId.test(name) && !forbidden.test(name)) return;
  throw new RegraftError({
    code: 'usage-invalid',
    message: `A ${kind} must have 1 to ${longest} characters, none of them invisible, no space around it and no dash before it, and not look like an id (v3). Received: ${JSON.stringify(name)}`,
    hint: 'Choose another name, such as flowers or flowers-2.',
  });
};

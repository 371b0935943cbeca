import { RegraftError } from '@regraft/errors';
import { cardFileName } from './version.js';

/** Names that every file system takes, in one folder: a version is exported as its files. */
const fileNamePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

/** Throws 'usage-invalid' for file names that a version cannot have. */
export const assertFileNames = (names: readonly string[]): void => {
  const bad = names.find((name) => !fileNamePattern.test(name) || name === cardFileName);
  if (bad === undefined) return;
  throw new RegraftError({
    code: 'usage-invalid',
    message: `A file of a version must have a plain name of letters, digits, '.', '_' and '-', other than ${cardFileName}. Received: ${JSON.stringify(bad)}`,
  });
};

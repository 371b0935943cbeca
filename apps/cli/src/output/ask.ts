import { createInterface } from 'node:readline/promises';

/** Asks a person; whatever isn't a yes is a no. Ctrl-C and Ctrl-D reject with an `AbortError`. */
export const ask = async (
  question: string,
  {
    input = process.stdin,
    output = process.stdout,
  }: { readonly input?: NodeJS.ReadableStream; readonly output?: NodeJS.WritableStream } = {},
): Promise<boolean> => {
  const terminal = createInterface({ input, output });
  const gone = new AbortController();
  terminal.once('SIGINT', () => gone.abort());
  terminal.once('close', () => gone.abort());
  try {
    const answer = await terminal.question(`${question} (y/N) `, { signal: gone.signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
};

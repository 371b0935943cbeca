import { readFile } from 'node:fs/promises';
import { RegraftError } from '@regraft/errors';

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined;

/** Reads a file of weights that the user named. Throws `data-not-found`, or `weights-unreadable`. */
export const readLocalFile = async (path: string): Promise<Uint8Array> => {
  try {
    return await readFile(path);
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new RegraftError({
        code: 'data-not-found',
        message: `A weight file must exist. Received: ${path}`,
        hint: 'Check the path.',
        details: { path },
        cause,
      });
    }
    throw new RegraftError({
      code: 'weights-unreadable',
      message: `A weight file must be readable. Received: ${path} (${code ?? 'unknown error'})`,
      hint: 'Check that it is a file and that you may read it.',
      details: { path },
      cause,
    });
  }
};

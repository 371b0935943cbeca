import { randomUUID } from 'node:crypto';
import { access, constants, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RegraftError } from '@regraft/errors';

const unwritable = (path: string, cause: unknown): RegraftError =>
  new RegraftError({
    code: 'usage-invalid',
    message: `A file must be writable where it is asked for. Received: ${path} (${cause instanceof Error ? cause.message : String(cause)})`,
    hint: 'Name a file in a folder that exists and that you may write to.',
    cause,
  });

/** Throws `usage-invalid` where a file can't be written: to be called before the work that makes its content. */
export const requireWritable = async (path: string): Promise<void> => {
  try {
    await access(dirname(path), constants.W_OK);
  } catch (cause) {
    throw unwritable(path, cause);
  }
};

/**
 * Writes a text file whole or not at all: into a neighbour that then takes its name.
 *
 * @throws RegraftError `usage-invalid` where the file can't be written
 */
export const writeAtomically = async (path: string, content: string): Promise<void> => {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, content, { flag: 'wx' });
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw unwritable(path, cause);
  }
};

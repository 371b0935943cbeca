import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { RegraftError } from '@regraft/errors';

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
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RegraftError({
      code: 'usage-invalid',
      message: `A file must be writable where it is asked for. Received: ${path} (${reason})`,
      hint: 'Name a file in a folder that exists and that you may write to.',
      cause,
    });
  }
};

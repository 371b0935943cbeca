import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Takes a folder away under its name at once, then deletes it; false where there was none. */
export const removeFolder = async (folder: string): Promise<boolean> => {
  const aside = `${folder}.${randomUUID()}.old`;
  try {
    await rename(folder, aside);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
  return true;
};

/** Puts a complete folder in the place of another: nobody sees half of either. */
export const swapFolder = async (complete: string, folder: string): Promise<void> => {
  await removeFolder(folder);
  await rename(complete, folder);
};

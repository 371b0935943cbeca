import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './sync-folder.js';
import { fileErrorCode } from './translate-file-error.js';

/** Makes one folder durably, where it is not there yet; never the folders above it. */
export const makeFolder = async (path: string): Promise<void> => {
  try {
    await mkdir(path);
  } catch (error) {
    if (fileErrorCode(error) === 'EEXIST') return;
    throw error;
  }
  await syncFolder(dirname(path));
};

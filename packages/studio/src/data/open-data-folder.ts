import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { nearestNames, RegraftError } from '@regraft/errors';
import { fileProblem } from './file-problem.js';
import type { DataProblem } from './manifest.js';
import { type FolderEntry, readFolder } from './read-folder.js';

const suggestion = async (path: string): Promise<string> => {
  const siblings = await readdir(dirname(path)).catch(() => []);
  const [nearest] = nearestNames(basename(path), siblings, 1);
  return nearest === undefined ? '' : ` Did you mean ${join(dirname(path), nearest)}?`;
};

/**
 * Reads the top of a folder that a person named.
 *
 * @throws RegraftError `data-not-found` where there is none, `data-invalid` where it is a file or may not be read
 */
export const openDataFolder = async (path: string, problems: DataProblem[]): Promise<FolderEntry[]> => {
  try {
    return await readFolder(path, problems);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') {
      throw new RegraftError({
        code: 'data-not-found',
        message: `A data folder must exist. Received: ${path}`,
        hint: `Check the path.${await suggestion(path)}`,
        details: { path },
        cause: error,
      });
    }
    if (code === 'ENOTDIR') {
      const isTable = /\.(csv|tsv|txt)$/i.test(path);
      throw new RegraftError({
        code: 'data-invalid',
        message: `A data folder must be a folder. Received a file: ${path}`,
        hint: isTable
          ? `To read paths and labels from it, give it as the CSV.`
          : 'Give the folder that holds one folder of images for each class.',
        details: { path },
        cause: error,
      });
    }
    const cause = fileProblem(error);
    if (!cause) throw error;
    throw new RegraftError({
      code: 'data-invalid',
      message: `A data folder must be readable. Received: ${path} (${cause.detail})`,
      hint: 'Check its permissions, or copy it to a folder of your own.',
      details: { path },
      cause: error,
    });
  }
};

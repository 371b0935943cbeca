import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareCodePoints } from './code-points.js';
import { fileProblem } from './file-problem.js';
import { isIgnoredName } from './ignored-names.js';
import type { DataProblem } from './manifest.js';

export interface FolderEntry {
  readonly name: string;
  readonly path: string;
  readonly isFolder: boolean;
}

/**
 * The entries of a folder in code-point order, links followed, litter left out. A link that leads nowhere goes to
 * `problems`.
 *
 * @throws the system's error, where the folder can't be read
 */
export const readFolder = async (folder: string, problems: DataProblem[]): Promise<FolderEntry[]> => {
  const entries: FolderEntry[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (isIgnoredName(entry.name)) continue;
    const path = join(folder, entry.name);
    try {
      const isFolder = entry.isSymbolicLink() ? (await stat(path)).isDirectory() : entry.isDirectory();
      entries.push({ name: entry.name, path, isFolder });
    } catch (error) {
      const cause = fileProblem(error);
      if (!cause) throw error;
      problems.push({ path, ...cause });
    }
  }
  return entries.sort((a, b) => compareCodePoints(a.name, b.name));
};

import type { DataProblem, Split } from './manifest.js';
import { type FolderEntry, readFolder } from './read-folder.js';
import { splitNamed } from './split-folders.js';

/** A folder whose sub-folders are classes. */
export interface ClassGroup {
  readonly path: string;
  readonly entries: readonly FolderEntry[];
  readonly split: Split | undefined;
}

/**
 * Recognises `train/`, `val/`, `test/` above class folders. A class may be called "train" too, so it is a layout
 * only if a train folder holds folders, and stands alone or beside another split's folder.
 */
export const splitLayout = async (
  entries: readonly FolderEntry[],
  problems: DataProblem[],
): Promise<ClassGroup[] | undefined> => {
  const folders = entries.filter(({ isFolder }) => isFolder);
  const named = folders.flatMap(({ name, path }) => {
    const split = splitNamed(name);
    return split === undefined ? [] : [{ path, split }];
  });
  const groups: ClassGroup[] = [];
  const found: DataProblem[] = [];
  for (const { path, split } of named) groups.push({ path, split, entries: await readFolder(path, found) });
  const hasTrain = groups.some(
    (group) => group.split === 'train' && group.entries.some(({ isFolder }) => isFolder),
  );
  if (!hasTrain || (groups.length === 1 && folders.length > 1)) return undefined;
  problems.push(...found);
  for (const { path } of folders.filter((folder) => !groups.some((group) => group.path === folder.path))) {
    problems.push({ kind: 'unlabelled', path, detail: 'a folder beside those of the splits' });
  }
  return groups;
};

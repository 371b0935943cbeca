import { realpath } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { RegraftError } from '@regraft/errors';
import { collectFiles, folderNamedLikeImage } from './collect-files.js';
import { hasImageName } from './image-format.js';
import type { ListedFile, Listing } from './listing.js';
import type { DataProblem } from './manifest.js';
import { openDataFolder } from './open-data-folder.js';
import type { FolderEntry } from './read-folder.js';
import { type ClassGroup, splitLayout } from './split-layout.js';

const strayFile = ({ name, path }: FolderEntry): DataProblem =>
  hasImageName(name)
    ? { kind: 'unlabelled', path, detail: 'an image outside the class folders' }
    : { kind: 'not-an-image', path, detail: 'a file outside the class folders' };

const noClassFolders = (folder: string, entries: readonly FolderEntry[]): RegraftError => {
  const images = entries.filter(({ name, isFolder }) => !isFolder && hasImageName(name)).length;
  const found = entries.length === 0 ? 'an empty folder' : `${images} images and no folder`;
  return new RegraftError({
    code: 'data-invalid',
    message: `A data folder must hold one folder of images for each class. Received ${found}: ${folder}`,
    hint: 'Make a folder for each class and move its images there, or give a CSV of path and label.',
    details: { path: folder, images },
  });
};

/**
 * Lists a folder of class folders, or of `train/`, `val/` and `test/` with class folders in them. Files belong to
 * their class at any depth below its folder; names that differ only in Unicode normalisation are one class.
 *
 * @throws RegraftError `data-not-found`, `data-invalid`, `cancelled`
 */
export const listFolder = async (
  folder: string,
  { signal, splits = true }: { readonly signal?: AbortSignal | undefined; readonly splits?: boolean } = {},
): Promise<Listing> => {
  const root = resolve(folder);
  const problems: DataProblem[] = [];
  const entries = await openDataFolder(root, problems);
  const layout = splits ? await splitLayout(entries, problems) : undefined;
  const groups: readonly ClassGroup[] = layout ?? [{ path: root, entries, split: undefined }];
  if (layout) problems.push(...entries.filter(({ isFolder }) => !isFolder).map(strayFile));

  const files: ListedFile[] = [];
  const walkedByClass = new Map<string, Set<string>>();
  const labels = new Set<string>();
  for (const group of groups) {
    const above = [await realpath(root), await realpath(group.path)];
    for (const entry of group.entries) {
      if (!entry.isFolder) problems.push(strayFile(entry));
      else if (hasImageName(entry.name)) problems.push(folderNamedLikeImage(entry.path));
      else {
        const label = entry.name.normalize('NFC');
        const key = `${group.split ?? ''}/${label}`;
        const walked = walkedByClass.get(key) ?? new Set();
        const paths: string[] = [];
        await collectFiles(entry.path, above, { files: paths, problems, walked, signal });
        walkedByClass.set(key, walked);
        if (group.split === undefined || group.split === 'train') labels.add(label);
        for (const path of paths) files.push({ path, label, split: group.split });
      }
    }
  }
  if (labels.size === 0) throw noClassFolders(root, entries);
  return { root, name: basename(root), labels, files, problems };
};

import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export interface FindStorePathOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What the user named, such as the value of `--store`; wins over everything. */
  readonly explicit?: string;
}

const folderName = '.regraft';

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/**
 * The absolute path of the store to use: the explicit one, else `REGRAFT_STORE`, else the nearest
 * `.regraft/` in this folder or above it (as git finds `.git`), else `.regraft` in this folder.
 *
 * @example findStorePath({ explicit: '/data/models' }) // '/data/models'
 */
export const findStorePath = (options: FindStorePathOptions = {}): string => {
  const { cwd = process.cwd(), env = process.env, explicit } = options;
  const named = explicit || env.REGRAFT_STORE;
  if (named) return resolve(cwd, named);
  const start = resolve(cwd);
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, folderName);
    if (isFolder(candidate)) return candidate;
    if (folder === dirname(folder)) return join(start, folderName);
  }
};

import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';

/** A path as the file system takes it: `~` is the home folder. */
export const expandHome = (path: string, home = homedir()): string =>
  path === '~' || path.startsWith('~/') || path.startsWith(`~${sep}`) ? join(home, path.slice(1)) : path;

/** Folders first, then by name as people sort it. */
const byKindAndName = (a: { name: string; folder: boolean }, b: { name: string; folder: boolean }): number =>
  Number(b.folder) - Number(a.folder) || a.name.localeCompare(b.name, undefined, { numeric: true });

const most = 200;

/**
 * What a path that is being typed may become: the folders and the files that `accepts` takes, as the person would have
 * typed them, a folder with a slash. Hidden ones only where the name begins with a dot. Empty where there is none.
 */
export const completePath = async (
  typed: string,
  accepts: (name: string) => boolean,
  cwd = process.cwd(),
): Promise<string[]> => {
  const isFolder = typed === '' || /[/\\]$/.test(typed);
  const begun = isFolder ? '' : basename(typed);
  const parent = isFolder ? typed : typed.slice(0, typed.length - begun.length);
  const folder = resolve(cwd, expandHome(isFolder ? typed || '.' : dirname(typed)));
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .map((entry) => ({ name: entry.name, folder: entry.isDirectory() }))
    .filter(({ name, folder }) => {
      if (name.startsWith('.') && !begun.startsWith('.')) return false;
      return name.toLowerCase().startsWith(begun.toLowerCase()) && (folder || accepts(name));
    })
    .sort(byKindAndName)
    .slice(0, most)
    .map(({ name, folder }) => `${parent}${name}${folder ? '/' : ''}`);
};

/** How far all candidates agree: what Tab can fill in. */
export const commonStart = (candidates: readonly string[]): string => {
  const [first = '', ...rest] = candidates;
  let length = first.length;
  for (const other of rest) {
    while (!other.toLowerCase().startsWith(first.slice(0, length).toLowerCase())) length--;
  }
  return first.slice(0, length);
};

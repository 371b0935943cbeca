import { resolve } from 'node:path';

/** What a path given for a data set names: a CSV by its ending, otherwise a folder. The path becomes absolute. */
export const dataLocation = (path: string, cwd = process.cwd()): { csv: string } | { folder: string } => {
  const absolute = resolve(cwd, path);
  return absolute.toLowerCase().endsWith('.csv') ? { csv: absolute } : { folder: absolute };
};

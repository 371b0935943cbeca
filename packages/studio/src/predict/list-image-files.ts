import { stat } from 'node:fs/promises';
import { collectFiles } from '../data/collect-files.js';
import { hasImageName } from '../data/image-format.js';

const isFolder = async (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );

/** The files that were named, and for a folder the images below it. A folder without any is left as it was named. */
export const listImageFiles = async (
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string[]> => {
  const files: string[] = [];
  for (const name of names) {
    if (!(await isFolder(name))) {
      files.push(name);
      continue;
    }
    const walk = { files: [] as string[], problems: [], walked: new Set<string>(), signal };
    await collectFiles(name, [], walk);
    const images = walk.files.filter(hasImageName);
    files.push(...(images.length > 0 ? images : [name]));
  }
  return files;
};

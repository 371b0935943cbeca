import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { RegraftError } from '@regraft/errors';
import { compareCodePoints } from '../data/code-points.js';
import { isIgnoredName } from '../data/ignored-names.js';
import { hasImageName } from '../data/image-format.js';

export interface WatchOptions {
  /** Ends it. */
  readonly signal: AbortSignal;
  /** How long to wait between two looks; 500 unless told. */
  readonly milliseconds?: number;
}

const listImages = async (folder: string): Promise<string[]> => {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && hasImageName(entry.name) && !isIgnoredName(entry.name))
      .map(({ name }) => name)
      .sort(compareCodePoints);
  } catch (cause) {
    throw new RegraftError({
      code: 'data-not-found',
      message: `What is watched must be a folder that can be read. Received: ${folder}`,
      hint: 'Name a folder that is there: new images in it are answered as they appear.',
      cause,
    });
  }
};

/** What changes while a file is written; null where it is gone again. */
const stampOf = async (path: string): Promise<string | null> =>
  stat(path).then(
    ({ size, mtimeMs }) => `${size} ${mtimeMs}`,
    () => null,
  );

/**
 * The images that appear in a folder from now on, in groups as they come: each once, when two looks find it the same, so
 * that none is taken that is still being written. Folders in it are not looked into.
 *
 * @throws RegraftError `data-not-found`, at once or when the folder goes away
 * @example for await (const files of await watchFolder('inbox', { signal })) console.log(files);
 */
export const watchFolder = async (
  folder: string,
  { signal, milliseconds = 500 }: WatchOptions,
): Promise<AsyncIterable<readonly string[]>> => {
  const known = new Set(await listImages(folder));
  const arriving = new Map<string, string>();

  /** What has arrived whole since the last look. */
  const look = async (): Promise<string[]> => {
    const names = (await listImages(folder)).filter((name) => !known.has(name));
    const whole: string[] = [];
    for (const name of names) {
      const stamp = await stampOf(join(folder, name));
      if (stamp === null) arriving.delete(name);
      else if (arriving.get(name) !== stamp) arriving.set(name, stamp);
      else {
        arriving.delete(name);
        known.add(name);
        whole.push(join(folder, name));
      }
    }
    return whole;
  };

  return (async function* () {
    while (!signal.aborted) {
      const files = await look();
      if (files.length > 0) yield files;
      await wait(milliseconds, undefined, { signal }).catch(() => undefined);
    }
  })();
};

import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sha256 } from '@regraft/core';
import type { RegraftError } from '@regraft/errors';
import { cachedPath, type FetchedSource } from './cached-path.js';
import { unavailable } from './unavailable.js';

/** The kept copy; one that has been damaged since counts as none. */
export const readCached = async (
  cacheFolder: string,
  source: FetchedSource,
): Promise<Uint8Array | undefined> => {
  const bytes = await readFile(cachedPath(cacheFolder, source)).catch(() => undefined);
  if (bytes === undefined || !(await sha256(bytes)).startsWith(source.sha256)) return undefined;
  return bytes;
};

/** The error of a cache that can't be written to. */
export const cacheUnwritable = (folder: string, cause: unknown): RegraftError =>
  unavailable(
    `The cache folder must be writable and have room. Received: ${folder}, where writing failed`,
    'Free some space, or set REGRAFT_CACHE to a folder that you may write to.',
    cause,
  );

/** What a file operation in the cache gives; a failure is said in the cache's own words. */
export const inCache = <Result>(folder: string, operation: Promise<Result>): Promise<Result> =>
  operation.catch((cause: unknown) => {
    throw cacheUnwritable(folder, cause);
  });

/** Makes a folder of the cache. */
export const makeCacheFolder = async (folder: string): Promise<void> => {
  await inCache(folder, mkdir(folder, { recursive: true }));
};

/** Keeps bytes under their name at once or not at all: a reader never sees half a file. */
export const writeAtomically = async (path: string, bytes: Uint8Array): Promise<void> => {
  await makeCacheFolder(dirname(path));
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cacheUnwritable(dirname(path), cause);
  }
};

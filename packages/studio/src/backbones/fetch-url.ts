import { readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type FetchOptions, requireChecksum, sha256 } from '@regraft/core';
import { cachedPath, type FetchedSource } from './cached-path.js';
import { makeCacheFolder } from './cached-weights.js';
import { resumeDownload } from './resume-download.js';

type UrlSource = Extract<FetchedSource, { kind: 'url' }>;

/** Fetches a file, going on where an earlier attempt ended, checks it and keeps it. */
export const fetchUrl = async (
  source: UrlSource,
  cacheFolder: string,
  fetchFile: typeof fetch,
  options: FetchOptions,
): Promise<Uint8Array> => {
  const target = cachedPath(cacheFolder, source);
  await makeCacheFolder(dirname(target));
  const partial = await resumeDownload(source, target, { ...options, fetch: fetchFile });
  try {
    const bytes = await readFile(partial);
    requireChecksum(await sha256(bytes), source.sha256, source.url);
    await rename(partial, target);
    return bytes;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
};

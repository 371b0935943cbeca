import { inCache } from '../../backbones/cached-weights.js';
import { enginesFolder, nativeFolder } from './native-folder.js';
import { removeFolder } from './swap-folder.js';

export interface RemovedNative {
  readonly folder: string;
  /** False where there was none. */
  readonly wasThere: boolean;
}

/**
 * Removes the native engine that was built in the cache. One that npm installed stays npm's.
 *
 * @example const { wasThere } = await removeNative();
 */
export const removeNative = async (cacheFolder?: string): Promise<RemovedNative> => {
  const folder = nativeFolder(cacheFolder);
  return { folder, wasThere: await inCache(enginesFolder(cacheFolder), removeFolder(folder)) };
};

import { join } from 'node:path';
import { defaultCacheFolder } from '../../backbones/cache-folder.js';

/** Where engines that were built here are kept. */
export const enginesFolder = (cacheFolder: string = defaultCacheFolder()): string =>
  join(cacheFolder, 'engines');

/** Where the native engine is, once it is installed: a folder that several machines may share. */
export const nativeFolder = (cacheFolder?: string): string =>
  join(enginesFolder(cacheFolder), `native-${process.platform}-${process.arch}`);

/** Paths inside the native engine's folder. The addon finds the library by the way from one to the other. */
export const nativeFiles = {
  manifest: 'engine.json',
  addon: 'lib/napi-v8/tfjs_binding.node',
  library: 'deps/lib',
  kernels: 'dist/register_all_kernels.js',
  backend: 'dist/nodejs_kernel_backend.js',
} as const;

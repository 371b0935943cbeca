import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nativeFiles, nativeFolder } from '../engines/native/native-folder.js';
import { writeNativeManifest } from '../engines/native/native-manifest.js';
import { libraries } from '../engines/native/native-release.js';

/** A native engine as `engine install` would leave it, but for what its addon is; gives its folder. */
export const placeNative = async (addon: Uint8Array, cacheFolder?: string): Promise<string> => {
  const folder = nativeFolder(cacheFolder);
  const files = [nativeFiles.addon, ...libraries.map((name) => `${nativeFiles.library}/${name}`)];
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), addon);
  }
  await writeNativeManifest(folder, '2.16.2');
  return folder;
};

import { rmSync } from 'node:fs';
import type { Store } from '@regraft/store';
import { versionFiles } from '../versions/version-card.js';

/** Removes the features kept with a version, as if they had never been kept. */
export const loseFeatures = async (store: Store, version: string): Promise<void> => {
  const { files } = await store.versions.get(version);
  rmSync(store.blobs.path(files.find(({ name }) => name === versionFiles.features)!.sha256));
};

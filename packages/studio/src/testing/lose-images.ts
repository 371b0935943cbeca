import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '@regraft/store';

/** Removes a data folder, and what the store's cache holds of any image. */
export const loseImages = async (store: Store, folder: string): Promise<void> => {
  rmSync(folder, { recursive: true });
  const cache = join(store.path, 'activations');
  rmSync(cache, { recursive: true });
  mkdirSync(cache);
  await store.check({ repair: true });
};

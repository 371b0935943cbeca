import type { Store } from '@regraft/store';
import { type Manifest, manifestSchema } from './manifest.js';

/**
 * The list of images of a data set that the store knows by its number.
 *
 * @throws RegraftError `record-not-found`; those of the store
 */
export const readManifest = async (store: Store, dataset: number): Promise<Manifest> => {
  const { manifest } = await store.datasets.get(dataset);
  const bytes = await store.blobs.get(manifest);
  return manifestSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
};

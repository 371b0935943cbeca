import { labelRelation } from '@regraft/core';
import type { Store } from '@regraft/store';
import { dataLocation } from '../data/data-location.js';
import { listDataset } from '../data/list-dataset.js';
import { type LikelyName, likelyNames } from './likely-names.js';

/**
 * Which labels of a folder or a CSV are probably labels of a version, written in another way. It opens no image.
 *
 * @throws RegraftError `record-not-found` without such a version; `data-not-found`, `data-invalid`
 * @example await proposeNames(store, { version: 'v3', data: 'photos' }) // [{ new: 'Ants', old: 'ants', reason: 'case' }]
 */
export const proposeNames = async (
  store: Store,
  { version, data }: { readonly version: string; readonly data: string },
): Promise<LikelyName[]> => {
  const known = await store.versions.get(version);
  const { labels } = await listDataset(dataLocation(data));
  return likelyNames(labelRelation([...labels], known.labels));
};

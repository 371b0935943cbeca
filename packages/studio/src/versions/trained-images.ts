import type { Store } from '@regraft/store';
import { readManifest } from '../data/read-manifest.js';
import { parseCard } from './parse-card.js';

/** The sha256 of every image that a version, or one it was trained from, has learned from. */
export const trainedImages = async (store: Store, reference: string): Promise<Set<string>> => {
  const learned = new Set<string>();
  for (const version of await store.versions.lineage(reference)) {
    const { images } = await readManifest(store, parseCard(version).dataset);
    for (const { sha256, split } of images) if (split === 'train') learned.add(sha256);
  }
  return learned;
};

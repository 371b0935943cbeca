import type { Store } from '@regraft/store';
import type { Manifest } from './manifest.js';

const problemsKept = 1000;

/** Keeps a scanned data set in the store; the answer is its number there. */
export const recordManifest = async (store: Store, manifest: Manifest): Promise<number> => {
  const { id } = await store.datasets.record({
    name: manifest.name,
    path: manifest.root,
    manifest: new TextEncoder().encode(JSON.stringify(manifest)),
    images: manifest.images.length,
    labels: manifest.labels,
    details: { problems: manifest.problems.slice(0, problemsKept) },
  });
  return id;
};

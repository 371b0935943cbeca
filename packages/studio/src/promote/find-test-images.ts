import { RegraftError } from '@regraft/errors';
import type { Store } from '@regraft/store';
import { dataLocation } from '../data/data-location.js';
import type { Manifest, ManifestImage } from '../data/manifest.js';
import { readManifest } from '../data/read-manifest.js';
import { recordManifest } from '../data/record-manifest.js';
import { scanTestSet } from '../data/scan-test-set.js';
import type { VersionModel } from '../versions/load-version-model.js';
import { trainedImages } from '../versions/trained-images.js';

/** Test images that both versions are asked, none of which either has learned from. */
export interface TestImages {
  readonly test: string;
  readonly dataset: number;
  readonly manifest: Manifest;
  readonly images: readonly ManifestImage[];
  /** Those that were left out because a version has learned from them. */
  readonly learned: number;
}

interface Candidate {
  readonly manifest: Manifest;
  readonly dataset: () => Promise<number>;
}

const select = async (
  { manifest, dataset }: Candidate,
  learned: ReadonlySet<string>,
): Promise<TestImages> => {
  const held = manifest.images.filter(({ split }) => split === 'test');
  const images = held.filter(({ sha256 }) => !learned.has(sha256));
  return {
    test: manifest.root,
    dataset: await dataset(),
    manifest,
    images,
    learned: held.length - images.length,
  };
};

const noneLeft = (message: string): RegraftError =>
  new RegraftError({
    code: 'data-too-small',
    message,
    hint: 'Name a folder of images that neither has seen with --test, or move the name all the same with --force.',
  });

/**
 * The images that two versions are compared on: all of a test set, or, without one, the test split of the current
 * version's data, else of the new one's.
 *
 * @throws RegraftError `data-too-small` where nothing is left that neither version has learned from; those of scanning
 */
export const findTestImages = async (
  store: Store,
  [current, next]: readonly [VersionModel, VersionModel],
  { test, signal }: { readonly test?: string | undefined; readonly signal?: AbortSignal | undefined },
): Promise<TestImages> => {
  const learned = await trainedImages(store, current.version);
  for (const sha256 of await trainedImages(store, next.version)) learned.add(sha256);
  if (test !== undefined) {
    const manifest = await scanTestSet(
      { ...dataLocation(test), labels: current.model.labels },
      { signal, knownFiles: store.knownFiles },
    );
    const found = await select({ manifest, dataset: () => recordManifest(store, manifest) }, learned);
    if (found.images.length > 0) return found;
    throw noneLeft(
      `Versions are compared on images that neither has learned from. Received: ${test}, where all ${found.learned} were trained on`,
    );
  }
  for (const { card } of [current, next]) {
    const manifest = await readManifest(store, card.dataset);
    const found = await select({ manifest, dataset: async () => card.dataset }, learned);
    if (found.images.length > 0) return found;
  }
  throw noneLeft(
    `Versions are compared on a test set. Received: none, since ${current.version} and ${next.version} have no test images left that neither has learned from`,
  );
};

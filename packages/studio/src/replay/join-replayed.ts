import { createHash } from 'node:crypto';
import type { Manifest, ManifestImage } from '../data/manifest.js';
import { imageFile, manifestPath } from '../data/manifest-path.js';

export interface ReplayOptions {
  /** Of each old class at most so many images are trained on again. */
  readonly perClass: number;
  readonly seed: number;
}

/** A class's images in an order that seed and content decide: a larger part of it holds every smaller one. */
const ranked = (images: readonly ManifestImage[], seed: number): ManifestImage[] => {
  const rank = ({ sha256 }: ManifestImage): string =>
    createHash('sha256').update(`${seed}:replay:${sha256}`).digest('hex');
  return images
    .map((image) => ({ image, rank: rank(image) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ image }) => image);
};

/**
 * Joins old images to new ones, each in the split that it had: some of those that were trained on, and all that were
 * held out, so that accuracy is over every class. An image that is among the new ones is not taken again. Old images
 * are marked as `replayed`.
 *
 * @example joinReplayed(scanned, await readManifest(store, card.dataset), { perClass: 100, seed: 7 })
 */
export const joinReplayed = (
  scanned: Manifest,
  old: Manifest,
  { perClass, seed }: ReplayOptions,
): Manifest => {
  const labels = [...scanned.labels, ...old.labels.filter((label) => !scanned.labels.includes(label))];
  const taken = new Set(scanned.images.map(({ sha256 }) => sha256));
  const free = old.images.filter(({ sha256 }) => !taken.has(sha256));
  const trained = old.labels.flatMap((_, label) =>
    ranked(
      free.filter((image) => image.label === label && image.split === 'train'),
      seed,
    ).slice(0, perClass),
  );
  const heldOut = free.filter(({ split }) => split !== 'train');
  const replayed = [...trained, ...heldOut].map((image) => ({
    ...image,
    path: manifestPath(scanned.root, imageFile(old, image)),
    label: labels.indexOf(old.labels[image.label]!),
    replayed: true as const,
  }));
  return {
    ...scanned,
    labels,
    images: [...scanned.images, ...replayed].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
  };
};

import type { Evidence } from '@regraft/core';
import type { Store } from '@regraft/store';
import type { Manifest, ManifestImage } from '../data/manifest.js';
import { imageFile } from '../data/manifest-path.js';
import { findDuplicates, type HashedImage } from '../duplicates/find-duplicates.js';
import { perceptualHashes } from '../duplicates/perceptual-hashes.js';
import type { PhaseProgress } from '../runs/phase-clock.js';

export interface SeenImages {
  readonly findings: NonNullable<Evidence['duplicates']>;
  /** sha256 of new images that the version was trained on, or on their like. */
  readonly trainedOn: ReadonlySet<string>;
}

const mostExamples = 10;

/** Finds new images that are among a version's old ones, or look the same as one of them. */
export const findSeen = async (
  store: Store,
  { old, fresh }: { readonly old: Manifest; readonly fresh: Manifest },
  { signal, report }: { signal: AbortSignal; report: (progress: PhaseProgress) => void },
): Promise<SeenImages> => {
  const total = old.images.length + fresh.images.length;
  const hash = async (manifest: Manifest, before: number): Promise<HashedImage[]> => {
    const images = manifest.images.map((image) => ({
      file: imageFile(manifest, image),
      sha256: image.sha256,
    }));
    const hashes = await perceptualHashes(store, images, {
      signal,
      onProgress: ({ done }) => report({ done: before + done, total }),
    });
    return images.map(({ sha256 }, index) => ({ sha256, hash: hashes[index]! }));
  };
  const newHashes = await hash(fresh, 0);
  const oldHashes = await hash(old, fresh.images.length);
  const { exact, near } = findDuplicates(oldHashes, newHashes);
  const pairs = [...exact.map((pair) => ({ ...pair, distance: 0 })), ...near];
  const trained = pairs.filter(({ index }) => old.images[index]!.split === 'train');
  const trainedOn = new Set(trained.map(({ other }) => fresh.images[other]!.sha256));
  const path = (manifest: Manifest, image: ManifestImage): string => imageFile(manifest, image);
  return {
    trainedOn,
    findings: {
      compared: old.images.length,
      unreadable: oldHashes.filter((image) => image.hash === null).length,
      exact: new Set(exact.map(({ other }) => other)).size,
      near: new Set(near.map(({ other }) => other)).size,
      leftOut: trainedOn.size,
      examples: pairs.slice(0, mostExamples).map(({ index, other, distance }) => ({
        old: path(old, old.images[index]!),
        new: path(fresh, fresh.images[other]!),
        bits: distance,
      })),
    },
  };
};

/** The data without test and validation images that the version has learned from. */
export const withoutSeen = (manifest: Manifest, trainedOn: ReadonlySet<string>): Manifest => ({
  ...manifest,
  images: manifest.images.filter(({ split, sha256 }) => split === 'train' || !trainedOn.has(sha256)),
});

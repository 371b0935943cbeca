import { indexLabels, type LabelledExamples, type Model } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import type { Store } from '@regraft/store';
import type { Manifest, ManifestImage, Split } from '../data/manifest.js';
import { imageFile } from '../data/manifest-path.js';
import type { ExtractedView } from '../features/extract-activations.js';
import { extractAtCut } from '../features/extract-at-cut.js';
import { selectExamples } from '../features/select-examples.js';
import type { Recipe } from '../recipe/recipe.js';
import type { PhaseProgress } from '../runs/phase-clock.js';
import type { CacheCount } from '../runs/run-event.js';

/** Examples with the images that they were made of, in the same order. */
export interface ImageExamples extends LabelledExamples {
  readonly images: readonly ManifestImage[];
}

export interface SplitFeatures {
  /** The training images: one entry a view, the plain one first. */
  readonly train: readonly ImageExamples[];
  readonly validation: ImageExamples | null;
  readonly test: ImageExamples | null;
  readonly cache: CacheCount;
  /** Paths of images that turned out to be unreadable, each with the reason and whether it is an old one. */
  readonly unreadable: readonly {
    readonly path: string;
    readonly reason: string;
    readonly replayed: boolean;
  }[];
  close(): Promise<void>;
}

export interface FeatureRequest {
  readonly store: Store;
  readonly model: Model;
  readonly manifest: Manifest;
  readonly augment: Recipe['augment'];
  readonly seed: number;
  /** Also keep rows at the stations on the way, for deeper cuts that are to be tried. */
  readonly keepStations?: boolean | undefined;
  readonly signal: AbortSignal;
  readonly report?: (progress: PhaseProgress) => void;
}

/** A class of the new images without one to train on is an error; an old class is not, since its head is there. */
const requireTraining = (
  images: readonly ManifestImage[],
  view: ExtractedView,
  labels: readonly string[],
): void => {
  const counts = labels.map(
    (_, label) =>
      view.images.filter((index) => images[index]!.label === label && images[index]!.split === 'train')
        .length,
  );
  const fresh = new Set(images.filter(({ replayed }) => !replayed).map(({ label }) => label));
  const empty = labels.filter((_, label) => counts[label] === 0 && fresh.has(label));
  if (empty.length === 0) return;
  throw new RegraftError({
    code: 'data-too-small',
    message: `Each class needs readable training images. Received: none of ${empty.join(', ')}`,
    hint: 'Look at the images of that class, and add some that can be opened.',
  });
};

/** Brings every image of a manifest to the model's cut, from the cache where it can. */
export const extractFeatures = async (request: FeatureRequest): Promise<SplitFeatures> => {
  const { store, model, manifest, augment, seed, keepStations, signal, report = () => undefined } = request;
  const views = augment?.views ?? 1;
  const { images } = manifest;
  const extracted = await extractAtCut(store, model, {
    images: images.map((image) => ({
      file: imageFile(manifest, image),
      sha256: image.sha256,
      views: image.split === 'train' ? views : 1,
    })),
    ...(augment ? { augmentation: { augment, seed } } : {}),
    keepStations,
    signal,
    onProgress: ({ done, total, hits, misses }) =>
      report({ done, total, cache: { hits, misses: Math.min(misses, Math.max(0, done - hits)) } }),
  });
  const labels = indexLabels(
    model.labels,
    images.map(({ label }) => manifest.labels[label]!),
  );
  const ofSplit = (view: ExtractedView, split: Split): ImageExamples | null => {
    const positions = [...view.images.keys()].filter(
      (position) => images[view.images[position]!]!.split === split,
    );
    if (positions.length === 0) return null;
    return {
      examples: selectExamples(view.source, positions),
      labels: Int32Array.from(positions, (position) => labels[view.images[position]!]!),
      images: positions.map((position) => images[view.images[position]!]!),
    };
  };
  const plain = extracted.views[0]!;
  requireTraining(images, plain, manifest.labels);
  return {
    train: extracted.views.map((view) => ofSplit(view, 'train')!),
    validation: ofSplit(plain, 'validation'),
    test: ofSplit(plain, 'test'),
    cache: { hits: extracted.hits, misses: extracted.misses },
    unreadable: extracted.unreadable.map(({ index, reason }) => {
      const { path, replayed = false } = images[index]!;
      return { path, reason, replayed };
    }),
    close: extracted.close,
  };
};

import { indexLabels } from '@regraft/core';
import type { Store } from '@regraft/store';
import type { Manifest, ManifestImage } from '../data/manifest.js';
import { imageFile } from '../data/manifest-path.js';
import type { Forgetting } from '../evaluate/forgetting.js';
import { extractAtCut } from '../features/extract-at-cut.js';
import type { PhaseProgress } from '../runs/phase-clock.js';
import { measureChange, type TrainedPair } from './measure-change.js';

export interface ForgettingRequest {
  readonly store: Store;
  readonly pair: TrainedPair;
  /** The data that the model before was trained on. */
  readonly old: Manifest;
  /** The sha256 of every image that either model has learned from. */
  readonly learned: ReadonlySet<string>;
  readonly signal: AbortSignal;
  readonly report: (progress: PhaseProgress) => void;
}

/** A measurement, or why there is none. */
export type ForgettingOutcome =
  | { readonly forgetting: Forgetting }
  | { readonly forgetting: null; readonly reason: string };

/** Held-out images of the test split, else of the validation split, that neither model has learned from. */
const unseenImages = (
  { images }: Manifest,
  learned: ReadonlySet<string>,
): { images: ManifestImage[]; split: Forgetting['split'] } => {
  const of = (split: Forgetting['split']) =>
    images.filter((image) => image.split === split && !learned.has(image.sha256));
  const test = of('test');
  return test.length > 0
    ? { images: test, split: 'test' }
    : { images: of('validation'), split: 'validation' };
};

/** Measures a model before and after its training on the held-out images of its old data. */
export const measureForgetting = async ({
  store,
  pair,
  old,
  learned,
  signal,
  report,
}: ForgettingRequest): Promise<ForgettingOutcome> => {
  const { images, split } = unseenImages(old, learned);
  if (images.length === 0) {
    return { forgetting: null, reason: 'every image of the old data has been trained on' };
  }
  const extracted = await extractAtCut(store, pair.after, {
    images: images.map((image) => ({ file: imageFile(old, image), sha256: image.sha256 })),
    signal,
    onProgress: report,
  });
  try {
    const { source, images: readable } = extracted.views[0]!;
    const [first] = extracted.unreadable;
    if (readable.length === 0) {
      const of = images.length === 1 ? 'the one old image' : `none of the ${images.length} old images`;
      const verb = images.length === 1 ? "can't" : 'can';
      return {
        forgetting: null,
        reason: `${of} ${verb} be read any more (${images[first!.index]!.path}: ${first!.reason})`,
      };
    }
    const labels = indexLabels(
      pair.after.labels,
      readable.map((index) => old.labels[images[index]!.label]!),
    );
    const change = await measureChange(pair, { examples: source, labels }, signal);
    return { forgetting: { ...change, split, unreadable: extracted.unreadable.length } };
  } finally {
    await extracted.close();
  }
};

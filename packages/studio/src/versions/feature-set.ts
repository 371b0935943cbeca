import { type LabelledExamples, type Model, pooledFeatures, stratifiedSample } from '@regraft/core';
import { selectExamples } from '../features/select-examples.js';
import type { FeatureSet } from './version-features.js';

/** Labelled examples whose images are known. */
export interface ImageExamples extends LabelledExamples {
  readonly images: readonly { readonly sha256: string }[];
}

/** A quarter of a megabyte for each 50 of them at 1,280 features; enough to see drift and outliers by. */
const mostKept = 500;

/** Which of some examples are kept: the same for a seed, with classes in the proportion they have. */
export const sampleKept = (labels: ArrayLike<number>, classes: number, seed: number): number[] =>
  stratifiedSample(labels, classes, mostKept, seed);

/** Pooled features of the examples at these positions; examples are images, or activations at the model's cut. */
export const featureSet = async (
  model: Model,
  { examples, labels, images }: ImageExamples,
  positions: readonly number[],
  signal: AbortSignal | undefined,
): Promise<FeatureSet> => ({
  values: await pooledFeatures(model, selectExamples(examples, positions), { signal }),
  labels: Int32Array.from(positions, (position) => labels[position]!),
  images: positions.map((position) => images[position]!.sha256),
});

import type { Model } from '@regraft/core';
import { featureSet, type ImageExamples, sampleKept } from '../versions/feature-set.js';
import type { KeptFeatures } from '../versions/version-features.js';
import type { SplitFeatures } from './extract-features.js';

/** What is kept of a run's images with its version: features by the trained backbone, of the plain view alone. */
export const keepFeatures = async (
  model: Model,
  { train, validation }: SplitFeatures,
  { seed, signal }: { readonly seed: number; readonly signal: AbortSignal },
): Promise<KeptFeatures> => {
  const keep = (examples: ImageExamples) =>
    featureSet(model, examples, sampleKept(examples.labels, model.labels.length, seed), signal);
  const training = await keep(train[0]!);
  return {
    width: training.values.length / training.labels.length,
    training,
    validation: validation && (await keep(validation)),
  };
};

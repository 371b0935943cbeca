import { type Metric, type Model, predictProbabilities } from '@regraft/core';
import { accuracyOf } from '../evaluate/compare-accuracy.js';
import { rightAnswers } from '../evaluate/right-answers.js';
import { selectExamples } from '../features/select-examples.js';
import type { ImageExamples } from './extract-features.js';

/** Accuracy on the new images among held-out ones; null where no old ones are among them. */
export const measureNewImages = async (
  model: Model,
  { examples, labels, images }: ImageExamples,
  signal: AbortSignal,
): Promise<Metric | null> => {
  const fresh = [...images.keys()].filter((position) => !images[position]!.replayed);
  if (fresh.length === 0 || fresh.length === images.length) return null;
  const probabilities = await predictProbabilities(model, selectExamples(examples, fresh), { signal });
  const own = fresh.map((position) => labels[position]!);
  return accuracyOf(rightAnswers(probabilities, own, { width: model.labels.length }));
};

import {
  collectTraining,
  type Evidence,
  fitLearningCurve,
  type LearningPoint,
  type Model,
  predictProbabilities,
  stratifiedSample,
  train,
} from '@regraft/core';
import { selectExamples } from '../features/select-examples.js';
import type { SplitFeatures } from '../fit/extract-features.js';

/** Of the training images. */
const shares = [0.25, 0.5, 1];
/** Below so many training images a quarter of them is no training set. */
const fewestImages = 40;

/**
 * How the head alone does with fewer training images, on the same validation images, and so what twice and four times as
 * many are likely to bring. Null where there are too few to divide.
 */
export const measureLearningCurve = async (
  model: Model,
  { train: [plain], validation }: Pick<SplitFeatures, 'train' | 'validation'>,
  { seed, signal }: { seed: number; signal: AbortSignal },
): Promise<Evidence['learningCurve']> => {
  const { examples, labels } = plain!;
  const size = examples.size;
  if (validation === null || size < fewestImages) return null;
  const classes = model.labels.length;
  const points: LearningPoint[] = [];
  for (const share of shares) {
    const kept =
      share === 1
        ? [...Array(size).keys()]
        : stratifiedSample(labels, classes, Math.round(share * size), seed);
    const subset = {
      examples: selectExamples(examples, kept),
      labels: Int32Array.from(kept, (index) => labels[index]!),
    };
    const trained = await collectTraining(train(model, { training: subset }, { seed, signal }));
    const probabilities = await predictProbabilities(trained.model, validation.examples, { signal });
    let wrong = 0;
    for (let index = 0; index < validation.examples.size; index++) {
      const row = probabilities.subarray(index * classes, (index + 1) * classes);
      if (row.indexOf(Math.max(...row)) !== validation.labels[index]) wrong++;
    }
    points.push({
      size: kept.length,
      error: wrong / validation.examples.size,
      trials: validation.examples.size,
    });
  }
  const sizes = new Set(points.map((point) => point.size));
  if (sizes.size < shares.length) return null;
  return { points, curve: fitLearningCurve(points, { sizes: [size, 2 * size, 4 * size], seed }) };
};

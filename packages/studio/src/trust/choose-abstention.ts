import { type Abstention, chooseThreshold } from '@regraft/core';
import { bestLabel } from './best-label.js';

/**
 * From which confidence on so many answers are right, by calibrated probabilities `[n, classes]` of validation images;
 * null where these are too few, or too many of them wrong, to promise that.
 */
export const chooseAbstention = (
  probabilities: Float32Array,
  labels: ArrayLike<number>,
  { classes, target }: { readonly classes: number; readonly target: number },
): Abstention | null => {
  if (labels.length === 0) return null;
  const best = Array.from(labels, (_, row) =>
    bestLabel(probabilities.subarray(row * classes, (row + 1) * classes)),
  );
  const confidence = best.map((answer) => answer.confidence);
  const correct = best.map(({ label }, row) => (label === labels[row] ? 1 : 0));
  return chooseThreshold(confidence, correct, { target });
};

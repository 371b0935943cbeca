import { chooseAbstention } from './choose-abstention.js';

const steps = 100;

/** Below this share of right answers there is nothing to promise. */
const lowest = 0.5;

/** The highest share of right answers, in whole per cent, that validation images can show; null below a half. */
export const highestTarget = (
  probabilities: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
): number | null => {
  for (let step = steps - 1; step >= lowest * steps; step--) {
    const target = step / steps;
    if (chooseAbstention(probabilities, labels, { classes, target }) !== null) return target;
  }
  return null;
};

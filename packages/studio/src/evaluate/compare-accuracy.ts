import { type Metric, pairedDifference, scoreInterval } from '@regraft/core';
import type { AccuracyChange } from './accuracy-change.js';

/** The share of right answers, with Wilson's score interval. */
export const accuracyOf = (correct: readonly number[]): Metric => {
  const n = correct.length;
  const right = correct.reduce((total, value) => total + value, 0);
  return { value: right / n, ...scoreInterval(right, n), n, method: 'score' };
};

/**
 * Compares two models that answered the same images; 1 stands for a right answer and 0 for a wrong one. Both
 * accuracies have the same kind of interval.
 *
 * @example compareAccuracy([1, 0, 1, 1], [1, 1, 1, 1]).difference.value // 0.25
 */
export const compareAccuracy = (before: readonly number[], after: readonly number[]): AccuracyChange => ({
  before: accuracyOf(before),
  after: accuracyOf(after),
  difference: pairedDifference([before], [after]),
});

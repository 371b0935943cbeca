import { columnStatistics, standardise } from '../../training/head/column-statistics.js';
import { randomGenerator } from '../../training/random-generator.js';
import { type FeatureRows, rowCount } from './feature-rows.js';
import { fitLogistic, scoreRow } from './logistic-regression.js';
import { permutationPValue } from './permutation-p-value.js';
import { areaUnderCurve, midRanks } from './rank-sum.js';

/** How well a classifier tells two populations apart. */
export interface ClassifierTest {
  /** Area under the ROC curve on rows it hasn't seen: 0.5 is guessing. */
  readonly area: number;
  readonly pValue: number;
  /** Rows of both sets that it was scored on. */
  readonly heldOut: number;
}

const range = (start: number, end: number): Int32Array =>
  Int32Array.from({ length: end - start }, (_, index) => start + index);

const halve = (order: Int32Array): [Int32Array, Int32Array] => {
  const half = order.length >> 1;
  return [order.subarray(0, half), order.subarray(half)];
};

/**
 * Whether a logistic regression trained on half of the pooled rows (the first `referenceRows` of them are the
 * reference) ranks the other half's sample rows above its reference rows (Lopez-Paz and Oquab, "Revisiting classifier
 * two-sample tests", 2017, with the area under the ROC curve instead of the accuracy, so that sets of unequal size
 * are no matter). The labels of the held-out rows are permuted for the p-value, which is exact at any size.
 */
export const classifierTest = (
  pooled: FeatureRows,
  referenceRows: number,
  { permutations, alpha, seed }: { permutations: number; alpha: number; seed: number },
): ClassifierTest => {
  const { columns } = pooled;
  const generator = randomGenerator(seed, 'classifier-test');
  const statistics = columnStatistics(columns);
  statistics.add(pooled.values);
  const rows = { values: standardise(pooled.values.slice(), statistics.finish()), columns };
  const [negative, heldNegative] = halve(generator.shuffle(range(0, referenceRows)));
  const [positive, heldPositive] = halve(generator.shuffle(range(referenceRows, rowCount(pooled))));
  const model = fitLogistic(rows, { positive, negative, ridge: columns });
  const heldOut = [...heldPositive, ...heldNegative];
  const ranks = midRanks(Float64Array.from(heldOut, (row) => scoreRow(rows, row, model)));
  const area = areaUnderCurve(ranks, range(0, heldPositive.length));
  const order = range(0, heldOut.length);
  const permuted = Float64Array.from({ length: permutations }, () =>
    areaUnderCurve(ranks, generator.shuffle(order).subarray(0, heldPositive.length)),
  );
  return { area, pValue: permutationPValue(area, permuted, alpha).pValue, heldOut: heldOut.length };
};

import type { Tally } from './tally.js';

/** Undefined values, such as the recall of a class without examples, are NaN. */
export interface Metrics {
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  readonly logLoss: number;
  readonly calibrationError: number;
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  readonly f1: Float64Array;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** Weighted mean over bins of |accuracy - mean confidence| (Naeini et al. 2015). */
const calibrationError = ({ size, binHits, binConfidence }: Tally): number =>
  binHits.reduce((total, hits, bin) => total + Math.abs(hits - binConfidence[bin]!), 0) / size;

/** All metrics of a sample; balanced accuracy is the mean recall of the classes that have examples. */
export const metricsOf = (tally: Tally): Metrics => {
  const { size, hits, actual, predicted, loss } = tally;
  const recall = hits.map((value, index) => value / actual[index]!);
  const seen = recall.filter((value) => !Number.isNaN(value));
  return {
    accuracy: sum(hits) / size,
    balancedAccuracy: sum(seen) / seen.length,
    logLoss: loss / size,
    calibrationError: calibrationError(tally),
    precision: hits.map((value, index) => value / predicted[index]!),
    recall,
    f1: hits.map((value, index) => (2 * value) / (actual[index]! + predicted[index]!)),
  };
};

import { bootstrapMetrics } from './bootstrap-metrics.js';
import { debiasedCalibrationError } from './debiased-calibration-error.js';
import type { ClassReport, EvaluationReport } from './evaluation-report.js';
import {
  balancedAccuracyMetric,
  calibrationMetric,
  f1Metric,
  logLossMetric,
  proportionMetric,
} from './metric-intervals.js';
import { type Metrics, metricsOf } from './metrics.js';
import { readOutcomes } from './read-outcomes.js';
import { addOutcome, emptyTally, type Outcomes, rightAnswers, type Tally } from './tally.js';

const worstPairCount = 5;

/** Probabilities of a model for labelled examples. */
export interface Predictions {
  /** `[n, classes]`, row-major, every row adding up to 1. */
  readonly probabilities: Float32Array;
  /** A class index for each example. */
  readonly labels: ArrayLike<number>;
  readonly classNames: readonly string[];
  readonly seed?: number;
  readonly resamples?: number;
}

const confusionMatrix = ({ actual, predicted }: Outcomes, classes: number): number[][] => {
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let index = 0; index < actual.length; index++) confusion[actual[index]!]![predicted[index]!]!++;
  return confusion;
};

const worstPairs = (
  confusion: readonly (readonly number[])[],
  names: readonly string[],
): EvaluationReport['worstPairs'] =>
  confusion
    .flatMap((row, actual) => {
      const support = row.reduce((total, count) => total + count, 0);
      return row.map((count, predicted) => ({ actual, predicted, count, share: count / support }));
    })
    .filter(({ actual, predicted, count }) => actual !== predicted && count > 0)
    .sort((a, b) => b.count - a.count || b.share - a.share)
    .slice(0, worstPairCount)
    .map((pair) => ({ ...pair, actual: names[pair.actual]!, predicted: names[pair.predicted]! }));

const classReport = (
  label: string,
  index: number,
  tally: Tally,
  samples: readonly Metrics[],
): ClassReport => {
  const [hits, support, predicted] = [tally.hits, tally.actual, tally.predicted].map(
    (counts) => counts[index]!,
  );
  const precisions = samples.map((sample) => sample.precision[index]!);
  const recalls = samples.map((sample) => sample.recall[index]!);
  const f1s = samples.map((sample) => sample.f1[index]!);
  return {
    label,
    support: support!,
    predicted: predicted!,
    precision: proportionMetric({ successes: hits!, trials: predicted! }, precisions),
    recall: proportionMetric({ successes: hits!, trials: support! }, recalls),
    f1: f1Metric(hits!, support! + predicted!, f1s),
  };
};

/**
 * All metrics of a classifier's probabilities with 95 % intervals: the percentile bootstrap (Efron and Tibshirani
 * 1993), or a score interval where few successes or failures would make that too narrow. The same seed gives the
 * same report. Throws `data-invalid` for probabilities and labels that don't fit together.
 *
 * @example
 * const report = evaluatePredictions({ probabilities, labels: [0, 1, 1], classNames: ['ants', 'bees'] });
 * report.accuracy // { value: 0.667, low: 0.208, high: 0.939, n: 3, method: 'score' }
 */
export const evaluatePredictions = ({
  probabilities,
  labels,
  classNames,
  seed = 0,
  resamples = 1000,
}: Predictions): EvaluationReport => {
  const outcomes = readOutcomes(probabilities, labels, classNames.length);
  const tally = emptyTally(classNames.length);
  for (let index = 0; index < labels.length; index++) addOutcome(tally, outcomes, index);
  const metrics = metricsOf(tally);
  const samples = bootstrapMetrics(outcomes, classNames.length, { resamples, seed });
  const accuracies = samples.map((sample) => sample.accuracy);
  const balanced = samples.map((sample) => sample.balancedAccuracy);
  const losses = samples.map((sample) => sample.logLoss);
  const calibrationErrors = samples.map((sample) => sample.calibrationError);
  const correct = { successes: tally.hits.reduce((total, hits) => total + hits, 0), trials: tally.size };
  const confusion = confusionMatrix(outcomes, classNames.length);
  return {
    n: tally.size,
    classNames: [...classNames],
    accuracy: proportionMetric(correct, accuracies),
    balancedAccuracy: balancedAccuracyMetric(tally, metrics.balancedAccuracy, balanced),
    logLoss: logLossMetric(tally.size, metrics.logLoss, losses),
    calibrationError: calibrationMetric(correct, metrics.calibrationError, calibrationErrors),
    debiasedCalibrationError: debiasedCalibrationError(outcomes.confidence, rightAnswers(outcomes)).error,
    classes: classNames.map((label, index) => classReport(label, index, tally, samples)),
    confusion,
    worstPairs: worstPairs(confusion, classNames),
    resamples,
    seed,
  };
};

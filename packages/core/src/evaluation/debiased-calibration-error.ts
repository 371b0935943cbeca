import type { Metric } from './evaluation-report.js';
import { scoreInterval } from './score-interval.js';

/** Kumar, Liang and Ma (2019) use 15 bins, each with as many examples. */
const mostBins = 15;

/** A bin smaller than this says little about how far chance alone moves it. */
const smallestBin = 10;

/** With fewer right or wrong answers than this their spread is no guide to chance. */
const enough = 10;

const z = 1.959963984540054;

/** How far confidence is from accuracy, with what chance alone puts between them taken off. */
export interface DebiasedCalibrationError {
  /** The mean squared error, unbiased: negative where confidence fits better than chance would have it. */
  readonly squared: number;
  /** Its root, 0 where it is negative. */
  readonly error: Metric;
}

/**
 * The square of a bin's mean residual without chance, which is the mean product of two different ones, and its variance.
 */
const measureBin = (
  examples: readonly { readonly confidence: number; readonly correct: number }[],
): { squared: number; variance: number } => {
  const n = examples.length;
  let [sum, squares, expected] = [0, 0, 0];
  for (const { confidence, correct } of examples) {
    sum += correct - confidence;
    squares += (correct - confidence) ** 2;
    expected += confidence * (1 - confidence);
  }
  const spread = Math.max((squares - sum ** 2 / n) / (n - 1), expected / n) / n;
  const squared = (sum ** 2 - squares) / (n * (n - 1));
  return { squared, variance: 4 * Math.max(squared, 0) * spread + 2 * spread ** 2 };
};

const root = (squared: number): number => Math.sqrt(Math.max(squared, 0));

/**
 * The calibration error of answers with their confidence, each right (1) or wrong (0), without the bias of the usual
 * one (ECE): that is some .10 on a hundred answers of a model whose confidence is exactly right, since chance never
 * fills bins evenly. The root of Kumar, Liang and Ma's debiased squared error ("Verified uncertainty calibration",
 * 2019) over bins of equal size: from each bin's squared difference its own sampling variance is taken off, so that
 * `squared` is unbiased whatever the size of the sample. As a root mean square it is no smaller than the ECE that it
 * stands for. The 95 % interval is a normal one of `squared`; with few right or wrong answers it is at
 * least as wide as accuracy's score interval.
 *
 * @example debiasedCalibrationError(confidence, correct).error // { value: 0.021, low: 0, high: 0.048, n: 417, … }
 */
export const debiasedCalibrationError = (
  confidence: ArrayLike<number>,
  correct: ArrayLike<number>,
): DebiasedCalibrationError => {
  const n = confidence.length;
  if (n < 2) return { squared: Number.NaN, error: { value: null, low: null, high: null, n, method: 'none' } };
  const examples = Array.from(confidence, (value, index) => ({
    confidence: value,
    correct: correct[index]!,
  }));
  examples.sort((a, b) => a.confidence - b.confidence);
  const bins = Math.min(mostBins, Math.max(1, Math.floor(n / smallestBin)));
  let [squared, variance] = [0, 0];
  for (let bin = 0; bin < bins; bin++) {
    const own = examples.slice(Math.round((bin * n) / bins), Math.round(((bin + 1) * n) / bins));
    const found = measureBin(own);
    squared += (own.length / n) * found.squared;
    variance += (own.length / n) ** 2 * found.variance;
  }
  const half = z * Math.sqrt(variance);
  const value = root(squared);
  const bounds = { low: root(squared - half), high: root(squared + half) };
  const right = examples.filter((example) => example.correct === 1).length;
  if (Math.min(right, n - right) >= enough) {
    return { squared, error: { value, ...bounds, n, method: 'normal' } };
  }
  const share = right / n;
  const accuracy = scoreInterval(right, n);
  const low = Math.max(Math.min(bounds.low, value - (accuracy.high - share)), 0);
  const high = Math.min(Math.max(bounds.high, value + (share - accuracy.low)), 1);
  return { squared, error: { value, low, high, n, method: 'score' } };
};

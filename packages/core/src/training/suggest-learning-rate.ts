import type { RangePoint } from './range-test.js';

/** Points on either side of the one whose slope is measured. */
const reach = 8;

/** A slope is clear if it is this many times its standard error. */
const clear = 3;

/** What a range test suggests, and why. */
export interface RateSuggestion {
  readonly suggestion: number;
  /** `steepest`: the loss falls fastest there. `lowest`: no fall is clear, so a tenth of `lowest`. */
  readonly basis: 'lowest' | 'steepest';
  /** The rate with the lowest smoothed loss, the first ones aside, which are an average of few. */
  readonly lowest: number;
}

/** The slope of a line through points by least squares, and its standard error. */
const fitSlope = (x: readonly number[], y: readonly number[]): { slope: number; error: number } => {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middle, level] = [mean(x), mean(y)];
  const spread = x.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  const slope = x.reduce((sum, value, index) => sum + (value - middle) * (y[index]! - level), 0) / spread;
  const squares = y.reduce(
    (sum, value, index) => sum + (value - level - slope * (x[index]! - middle)) ** 2,
    0,
  );
  return { slope, error: Math.sqrt(squares / (x.length - 2) / spread) };
};

/**
 * The rate at which the loss falls fastest, by the slope of the losses around it over the logarithm of the rate; where
 * no fall stands out from the noise, a tenth of the rate with the lowest smoothed loss. `points`: at least one.
 *
 * @example suggestLearningRate(points).suggestion // 0.0012
 */
export const suggestLearningRate = (points: readonly RangePoint[]): RateSuggestion => {
  const settled = Math.min(2 * reach, points.length - 1);
  const bottom = points.reduce(
    (best, { smoothed }, index) => (index > settled && smoothed < points[best]!.smoothed ? index : best),
    settled,
  );
  const lowest = points[bottom]!.learningRate;
  let steepest = { slope: 0, at: -1 };
  for (let at = reach; at <= bottom && at + reach < points.length; at++) {
    const around = points.slice(at - reach, at + reach + 1);
    const { slope, error } = fitSlope(
      around.map(({ learningRate }) => Math.log10(learningRate)),
      around.map(({ loss }) => loss),
    );
    if (slope < -clear * error && slope < steepest.slope) steepest = { slope, at };
  }
  if (steepest.at < 0) return { suggestion: lowest / 10, basis: 'lowest', lowest };
  return { suggestion: points[steepest.at]!.learningRate, basis: 'steepest', lowest };
};

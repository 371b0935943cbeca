import { RegraftError } from '@regraft/errors';
import { z } from 'zod';
import { drawNormal } from '../../statistics/draw-normal.js';
import { goldenSection } from '../../statistics/golden-section.js';
import { quantile } from '../../statistics/quantile.js';
import { range } from '../../training/example-source.js';
import { randomGenerator } from '../../training/random-generator.js';

/** What training on some of the examples gave. */
export interface LearningPoint {
  /** Training examples. */
  readonly size: number;
  /** Share of held-out examples that are wrong. */
  readonly error: number;
  /** Held-out examples. */
  readonly trials: number;
}

export const learningCurveSchema = z.object({
  /** The error that no amount of data goes below, the factor and the exponent of `floor + scale * size ** -exponent`. */
  floor: z.number(),
  scale: z.number(),
  exponent: z.number(),
  /** At each size asked for, with a 95 % interval. */
  predictions: z.array(z.object({ size: z.number(), error: z.number(), low: z.number(), high: z.number() })),
});

export type LearningCurve = z.infer<typeof learningCurveSchema>;

export interface LearningCurveOptions {
  /** Sizes to predict the error at. */
  readonly sizes: readonly number[];
  readonly resamples?: number | undefined;
  readonly seed?: number | undefined;
}

/** Hestness et al. found 0.07 to 0.35 for deep networks; theory has 0.5 and 1. */
const exponents = { low: 0.05, high: 2 };
const gridSteps = 16;
const parameterCount = 3;

interface Observation {
  /** As a share of the largest size, for conditioning. */
  readonly share: number;
  readonly error: number;
  readonly weight: number;
}

interface PowerLaw {
  readonly floor: number;
  readonly factor: number;
  readonly exponent: number;
}

const requirePoints = (points: readonly LearningPoint[]): void => {
  const refuse = (rule: string, received: string, hint: string): RegraftError =>
    new RegraftError({ code: 'data-invalid', message: `${rule} Received: ${received}.`, hint });
  for (const { size, error, trials } of points) {
    if (size > 0 && error >= 0 && error <= 1 && trials >= 1) continue;
    throw refuse(
      'A point has a size above 0, an error from 0 to 1 and at least one held-out example.',
      `size ${size}, error ${error}, ${trials} held out`,
      'Measure every point on the same held-out examples.',
    );
  }
  const sizes = new Set(points.map(({ size }) => size));
  if (sizes.size >= parameterCount) return;
  throw new RegraftError({
    code: 'data-too-small',
    message: `A learning curve needs points at three sizes or more. Received: ${sizes.size}.`,
    hint: 'Train on a quarter, half and all of the examples.',
  });
};

/** The best floor and factor, both 0 or more, for an exponent: weighted least squares in two variables. */
const fitLinear = (observations: readonly Observation[], exponent: number): PowerLaw & { loss: number } => {
  let [w, wx, wxx, wy, wxy] = [0, 0, 0, 0, 0];
  for (const { share, error, weight } of observations) {
    const x = share ** -exponent;
    w += weight;
    wx += weight * x;
    wxx += weight * x * x;
    wy += weight * error;
    wxy += weight * x * error;
  }
  const determinant = w * wxx - wx * wx;
  let floor = (wxx * wy - wx * wxy) / determinant;
  let factor = (w * wxy - wx * wy) / determinant;
  if (floor < 0) [floor, factor] = [0, wxy / wxx];
  else if (factor < 0) [floor, factor] = [wy / w, 0];
  const loss = observations.reduce(
    (total, { share, error, weight }) => total + weight * (error - floor - factor * share ** -exponent) ** 2,
    0,
  );
  return { floor, factor, exponent, loss };
};

const fitPowerLaw = (observations: readonly Observation[]): PowerLaw & { loss: number } => {
  const step = Math.log(exponents.high / exponents.low) / gridSteps;
  const candidate = (place: number) => fitLinear(observations, exponents.low * Math.exp(place * step));
  const losses = range(0, gridSteps + 1).map((place) => candidate(place).loss);
  const lowest = losses.indexOf(Math.min(...losses));
  const place = goldenSection(
    (at) => candidate(at).loss,
    Math.max(lowest - 1, 0),
    Math.min(lowest + 1, gridSteps),
    1e-7,
  );
  return candidate(place);
};

const predict = ({ floor, factor, exponent }: PowerLaw, share: number): number =>
  Math.min(1, floor + factor * share ** -exponent);

/**
 * Fits `floor + scale * size ** -exponent` to errors at growing training sizes (Cortes et al., "Learning curves:
 * asymptotic values and rate of convergence", 1993; Hestness et al., "Deep learning scaling is predictable,
 * empirically", 2017) by least squares weighted with the points' binomial variances, floor and scale being 0 or more
 * and the exponent 0.05 to 2, and predicts the error at other sizes.
 *
 * The intervals are a parametric bootstrap: points are drawn anew about the curve with their binomial noise, more of it
 * where the points lie further from the curve than that explains, and the curve is fitted again. Leaving points out
 * instead would need many more than a curve usually has. They hold if the power law does: how far ahead it holds,
 * three points don't tell. Throws `data-invalid` for points that can't be and `data-too-small` for less than three
 * sizes.
 *
 * @example
 * fitLearningCurve(points, { sizes: [2 * n, 4 * n] }).predictions // [{ size: 800, error: 0.09, low: 0.07, … }, …]
 */
export const fitLearningCurve = (
  points: readonly LearningPoint[],
  { sizes, resamples = 500, seed = 0 }: LearningCurveOptions,
): LearningCurve => {
  requirePoints(points);
  const largest = Math.max(...points.map(({ size }) => size));
  const observations = points.map(({ size, error, trials }) => {
    const smoothed = (error * trials + 1) / (trials + 2);
    return { share: size / largest, error, weight: trials / (smoothed * (1 - smoothed)) };
  });
  const curve = fitPowerLaw(observations);
  const excess = Math.max(1, curve.loss / Math.max(1, points.length - parameterCount));
  const generator = randomGenerator(seed, 'learning-curve');
  const curves = Array.from({ length: resamples }, () =>
    fitPowerLaw(
      observations.map(({ share, weight }) => {
        const noise = drawNormal(generator) * Math.sqrt(excess / weight);
        return { share, weight, error: Math.min(Math.max(predict(curve, share) + noise, 0), 1) };
      }),
    ),
  );
  return {
    floor: curve.floor,
    scale: curve.factor * largest ** curve.exponent,
    exponent: curve.exponent,
    predictions: sizes.map((size) => {
      const share = size / largest;
      const drawn = Float64Array.from(curves, (own) => predict(own, share)).sort();
      return {
        size,
        error: predict(curve, share),
        low: quantile(drawn, 0.025),
        high: quantile(drawn, 0.975),
      };
    }),
  };
};

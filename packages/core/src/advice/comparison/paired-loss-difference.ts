import { RegraftError } from '@regraft/errors';
import { z } from 'zod';
import { normalDistribution, normalQuantile } from '../../statistics/normal.js';
import { quantile } from '../../statistics/quantile.js';
import { randomGenerator } from '../../training/random-generator.js';
import { pairedMeans, type SeedValues } from './paired-means.js';

/** How much higher the second of two models' mean loss is on the same examples, with a 95 % interval. */
export const pairedLossDifferenceSchema = z.object({
  /** Second mean loss minus first, in nats: below 0 the second is better. */
  value: z.number(),
  /** Null where all examples differ alike, or there is one: nothing bounds the difference then. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.int().positive(),
  seeds: z.int().positive(),
});

export type PairedLossDifference = z.infer<typeof pairedLossDifferenceSchema>;

const resampledMeans = (values: Float64Array, resamples: number, seed: number): Float64Array => {
  const generator = randomGenerator(seed, 'paired-bootstrap');
  return Float64Array.from({ length: resamples }, () => {
    let total = 0;
    for (let draw = 0; draw < values.length; draw++) total += values[generator.below(values.length)]!;
    return total / values.length;
  }).sort();
};

/** Skewness of a mean's influence values over six (Efron 1987, formula 6.6). */
const acceleration = (values: Float64Array, mean: number): number => {
  let [squares, cubes] = [0, 0];
  for (const value of values) {
    squares += (value - mean) ** 2;
    cubes += (value - mean) ** 3;
  }
  return cubes / (6 * squares ** 1.5);
};

/**
 * The difference of two mean losses on the same examples, of which `first` and `second` hold one for each, one list a
 * seed. The interval is a paired bootstrap over examples, bias-corrected and accelerated (Efron, "Better bootstrap
 * confidence intervals", 1987). Seeds are averaged first, so an example counts once however many there are: the
 * interval is about these models, not about seeds that weren't run. The same seed gives the same interval. Throws
 * `data-invalid`.
 *
 * @example pairedLossDifference([before.loss], [after.loss]) // { value: -0.08, low: -0.13, high: -0.04, n: 154, … }
 */
export const pairedLossDifference = (
  first: SeedValues,
  second: SeedValues,
  { resamples = 2000, seed = 0 }: { resamples?: number; seed?: number } = {},
): PairedLossDifference => {
  const { n, seeds, byExample } = pairedMeans(first, second);
  const value = byExample.reduce((total, difference) => total + difference, 0) / n;
  if (!Number.isFinite(value)) {
    throw new RegraftError({
      code: 'data-invalid',
      message: `Losses are compared where all of them are finite. Received: a mean difference of ${value}.`,
      hint: 'Bound the probability of the given class from below, as the evaluation does.',
    });
  }
  const means = resampledMeans(byExample, resamples, seed);
  if (means[0] === means.at(-1)) return { value, low: null, high: null, n, seeds };
  const below = means.reduce((count, mean) => count + (mean < value ? 1 : mean === value ? 0.5 : 0), 0);
  const bias = normalQuantile(Math.min(Math.max(below, 0.5), resamples - 0.5) / resamples);
  const skew = acceleration(byExample, value);
  const bound = (share: number): number => {
    const shifted = bias + normalQuantile(share);
    return quantile(means, normalDistribution(bias + shifted / (1 - skew * shifted)));
  };
  return { value, low: bound(0.025), high: bound(0.975), n, seeds };
};

import { RegraftError } from '@regraft/errors';
import { z } from 'zod';
import { normalQuantile } from '../../statistics/normal.js';
import { studentQuantile, studentTwoSided } from '../../statistics/student.js';
import { mcnemar } from './mcnemar.js';
import { pairedMeans, type SeedValues } from './paired-means.js';

/** How much more often the second of two models is right on the same examples, with a 95 % interval. */
export const pairedDifferenceSchema = z.object({
  /** Second accuracy minus first, from -1 to 1. */
  value: z.number(),
  low: z.number(),
  high: z.number(),
  standardError: z.number(),
  /** Of no difference, two-sided. */
  p: z.number(),
  /** Examples. */
  n: z.int().positive(),
  seeds: z.int().positive(),
});

export type PairedDifference = z.infer<typeof pairedDifferenceSchema>;

const level = 0.05;

const requireCorrectness = (lists: SeedValues): void => {
  for (const list of lists) {
    for (let index = 0; index < list.length; index++) {
      if (list[index] === 0 || list[index] === 1) continue;
      throw new RegraftError({
        code: 'data-invalid',
        message: `An example is right (1) or wrong (0). Received: ${list[index]} at example ${index}.`,
        hint: 'Give correctness, not probabilities or labels.',
      });
    }
  }
};

const sumOfSquares = (values: Float64Array, centre: number): number =>
  values.reduce((total, value) => total + (value - centre) ** 2, 0);

/** What is left of the differences beyond example and seed: a variance with (n - 1) (seeds - 1) degrees of freedom. */
const residualVariance = (
  first: SeedValues,
  second: SeedValues,
  { byExample, bySeed, mean }: { byExample: Float64Array; bySeed: Float64Array; mean: number },
): number => {
  let total = 0;
  for (const [seed, ownMean] of bySeed.entries()) {
    for (const [example, exampleMean] of byExample.entries()) {
      const difference = second[seed]![example]! - first[seed]![example]!;
      total += (difference - exampleMean - ownMean + mean) ** 2;
    }
  }
  return total / ((byExample.length - 1) * (bySeed.length - 1));
};

/**
 * The difference of two accuracies on the same examples. `first` and `second` hold 1 (right) or 0 (wrong) for each
 * example, one list a seed; lists at the same place share their seed.
 *
 * One seed: Bonett and Price's interval ("Adjusted Wald confidence interval for a difference of binomial proportions
 * based on paired data", 2012), which adds one example to either side of the disagreements and so is of some width
 * without any. In enumeration it covers 93.0 % at worst (n = 40, one model right wherever the other is), 94-97 % or so
 * from eight expected disagreements on, and more than that with fewer: no interval can be both short and safe there.
 * p is McNemar's mid-p; where it and the interval disagree by a hair, p is the one that keeps its level.
 *
 * Several seeds: the seeds of an example are one observation, their mean (n counts examples, not examples times
 * seeds), and the two examples are added as above. What the seeds' means vary beyond the noise of single predictions is
 * added as a variance of its own (two-way random effects; degrees of freedom by Satterthwaite 1946), so that the
 * interval is about the recipe and not only about the models that happened to be trained.
 *
 * @example pairedDifference([[1, 0, 1, 1]], [[1, 1, 1, 1]]) // { value: 0.25, low: -0.383, high: 0.717, … }
 */
export const pairedDifference = (first: SeedValues, second: SeedValues): PairedDifference => {
  const { n, seeds, byExample, bySeed } = pairedMeans(first, second);
  requireCorrectness(first);
  requireCorrectness(second);
  const mean = byExample.reduce((total, value) => total + value, 0) / n;
  const centre = (n * mean) / (n + 2);
  const spread = sumOfSquares(byExample, centre) + (1 - centre) ** 2 + (-1 - centre) ** 2;
  const exampleVariance = spread / (n + 2) ** 2;
  const bounds = (variance: number, factor: number) => {
    const standardError = Math.sqrt(variance);
    const half = factor * standardError;
    return { value: mean, low: Math.max(-1, centre - half), high: Math.min(1, centre + half), standardError };
  };
  if (seeds === 1) {
    const onlySecond = byExample.filter((value) => value > 0).length;
    const onlyFirst = byExample.filter((value) => value < 0).length;
    const factor = -normalQuantile(level / 2);
    return { ...bounds(exampleVariance, factor), p: mcnemar(onlyFirst, onlySecond), n, seeds };
  }
  const residual = n === 1 ? 0 : residualVariance(first, second, { byExample, bySeed, mean });
  const ofSeeds = sumOfSquares(bySeed, mean) / (seeds - 1) / seeds;
  const seedVariance = Math.max(0, ofSeeds - residual / (n * seeds));
  const variance = exampleVariance + seedVariance;
  const doubt = exampleVariance ** 2 / (n + 1) + (seedVariance > 0 ? ofSeeds ** 2 / (seeds - 1) : 0);
  const degrees = variance ** 2 / doubt;
  const p = studentTwoSided(centre / Math.sqrt(variance), degrees);
  return { ...bounds(variance, studentQuantile(level, degrees)), p, n, seeds };
};

import { RegraftError } from '@regraft/errors';
import { z } from 'zod';
import { chiSquareTail } from '../../statistics/chi-square-tail.js';
import { randomGenerator } from '../../training/random-generator.js';
import { permutationPValue } from './permutation-p-value.js';

/** Fewest examples that a cell must be expected to have for the chi-square distribution to hold (Cochran 1954). */
const fewestExpected = 5;
const permutations = 1999;

/** Whether two sets of labelled examples have their classes in the same proportions. */
export const labelProportionsSchema = z.object({
  /** Pearson's chi-square statistic. */
  statistic: z.number().nonnegative(),
  pValue: z.number().min(0).max(1),
  /** `permutation` where some class is too rare for the chi-square distribution. */
  method: z.enum(['chi-square', 'permutation']),
  /** Share of each class in the first set and in the second, in the order of the counts. */
  shares: z.array(z.tuple([z.number(), z.number()])),
});

export type LabelProportions = z.infer<typeof labelProportionsSchema>;

const sumOf = (counts: ArrayLike<number>): number =>
  Array.from(counts).reduce((sum, count) => sum + count, 0);

const requireCounts = (first: readonly number[], second: readonly number[]): void => {
  const whole = [...first, ...second].every((count) => Number.isInteger(count) && count >= 0);
  if (whole && first.length === second.length && sumOf(first) > 0 && sumOf(second) > 0) return;
  throw new RegraftError({
    code: 'data-invalid',
    message: `Proportions are compared by counts of the same classes, not all of them 0. Received: [${first.join(', ')}] and [${second.join(', ')}].`,
    hint: "Count every class's examples in both sets, 0 for a class that one lacks.",
  });
};

/** Pearson's statistic of a table with the counts `first` and the rest of `totals`. */
const pearson = (first: ArrayLike<number>, totals: readonly number[], share: number): number => {
  let statistic = 0;
  for (let index = 0; index < totals.length; index++) {
    const excess = (first[index]! - share * totals[index]!) ** 2;
    statistic += excess / (share * totals[index]!) + excess / ((1 - share) * totals[index]!);
  }
  return statistic;
};

/**
 * Whether two sets have their classes in the same proportions, from the number of each class's examples: Pearson's
 * chi-square test, or its permutation test (1,999 seeded permutations) where a class is expected fewer than five
 * times in either set. A class of neither doesn't count. Throws `data-invalid` for counts that don't go together.
 *
 * @example compareLabelProportions([120, 80], [60, 90]).pValue // 0.0002
 */
export const compareLabelProportions = (
  first: readonly number[],
  second: readonly number[],
  { seed = 0 }: { seed?: number } = {},
): LabelProportions => {
  requireCounts(first, second);
  const [size, other] = [sumOf(first), sumOf(second)];
  const shares = first.map((count, index): [number, number] => [count / size, second[index]! / other]);
  const present = first
    .map((count, index) => count + second[index]!)
    .flatMap((count, index) => (count > 0 ? index : []));
  const totals = present.map((index) => first[index]! + second[index]!);
  const share = size / (size + other);
  const statistic = pearson(
    present.map((index) => first[index]!),
    totals,
    share,
  );
  if (present.length === 1) return { statistic: 0, pValue: 1, method: 'permutation', shares };
  if (Math.min(share, 1 - share) * Math.min(...totals) >= fewestExpected) {
    return { statistic, pValue: chiSquareTail(statistic, present.length - 1), method: 'chi-square', shares };
  }
  const generator = randomGenerator(seed, 'label-proportions');
  const labels = Int32Array.from(totals.flatMap((count, index) => Array<number>(count).fill(index)));
  const permuted = Float64Array.from({ length: permutations }, () => {
    const counts = new Float64Array(totals.length);
    for (const label of generator.shuffle(labels).subarray(0, size)) counts[label]!++;
    return pearson(counts, totals, share);
  });
  return {
    statistic,
    pValue: permutationPValue(statistic, permuted, 1).pValue,
    method: 'permutation',
    shares,
  };
};

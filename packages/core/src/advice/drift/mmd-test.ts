import { createBreather, throwIfCancelled } from '../../training/breathe.js';
import { randomGenerator } from '../../training/random-generator.js';
import type { KernelMatrix } from './kernel-matrix.js';
import { permutationPValue } from './permutation-p-value.js';

/** The test's outcome. */
export interface MmdTest {
  /** Unbiased estimate of the squared maximum mean discrepancy; below 0 as often as not where nothing differs. */
  readonly squared: number;
  readonly pValue: number;
  /** The value to exceed for a p-value of `alpha` or less; infinite where there are too few splits for any. */
  readonly critical: number;
}

/** Sums of a kernel by which the statistic of every split of its rows is found from the smaller part alone. */
export interface KernelSums {
  /** Over all pairs of different rows, both ways. */
  readonly total: number;
  /** Of each row with all others. */
  readonly rows: Float64Array;
}

/** See `KernelSums`. */
export const kernelSums = ({ size, values }: KernelMatrix): KernelSums => {
  const rows = new Float64Array(size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) if (a !== b) rows[a]! += values[a * size + b]!;
  }
  return { total: rows.reduce((sum, value) => sum + value, 0), rows };
};

/** Sums of the kernel over the pairs of rows within either part of a split and across. */
export interface SplitSums {
  readonly withinPart: number;
  readonly withinRest: number;
  readonly across: number;
}

/** The sums of the split that makes the rows `part` one sample and all others the other one. */
export const splitSums = (kernel: KernelMatrix, sums: KernelSums, part: Int32Array): SplitSums => {
  const { size, values } = kernel;
  let within = 0;
  let touching = 0;
  for (let a = 0; a < part.length; a++) {
    const offset = part[a]! * size;
    touching += sums.rows[part[a]!]!;
    for (let b = 0; b < a; b++) within += values[offset + part[b]!]!;
  }
  const withinPart = 2 * within;
  const across = touching - withinPart;
  return { withinPart, withinRest: sums.total - withinPart - 2 * across, across };
};

/** The unbiased statistic of a split into `m` rows and `n`, `m` being the size of the part. */
export const mmdOfSums = ({ withinPart, withinRest, across }: SplitSums, m: number, n: number): number =>
  withinPart / (m * (m - 1)) + withinRest / (n * (n - 1)) - (2 * across) / (m * n);

/** In how many ways `m + n` rows can be split that give values of their own; for equal parts both are one. */
const distinctSplits = (m: number, n: number): number => {
  let splits = m === n ? 0.5 : 1;
  for (let row = 1; row <= Math.min(m, n); row++) splits *= (m + n + 1 - row) / row;
  return splits;
};

/**
 * Whether the first `referenceRows` rows of a kernel and the others are drawn from one population: the unbiased
 * squared maximum mean discrepancy (Gretton et al., "A kernel two-sample test", 2012) against its values over random
 * splits of the same rows. The p-value is exact at any size, as long as the kernel doesn't know the split.
 */
export const mmdTest = async (
  kernel: KernelMatrix,
  referenceRows: number,
  {
    permutations,
    alpha,
    seed,
    signal,
  }: { permutations: number; alpha: number; seed: number; signal?: AbortSignal | undefined },
): Promise<MmdTest> => {
  const { size } = kernel;
  const sums = kernelSums(kernel);
  const order = Int32Array.from({ length: size }, (_, index) => index);
  const sampleRows = size - referenceRows;
  const statistic =
    sampleRows <= referenceRows
      ? (of: Int32Array) =>
          mmdOfSums(splitSums(kernel, sums, of.subarray(referenceRows)), sampleRows, referenceRows)
      : (of: Int32Array) =>
          mmdOfSums(splitSums(kernel, sums, of.subarray(0, referenceRows)), referenceRows, sampleRows);
  const squared = statistic(order);
  const generator = randomGenerator(seed, 'mmd');
  const breathe = createBreather();
  const permuted = new Float64Array(permutations);
  for (let index = 0; index < permutations; index++) {
    permuted[index] = statistic(generator.shuffle(order));
    await breathe();
    throwIfCancelled(signal);
  }
  const { pValue, critical } = permutationPValue(squared, permuted, alpha);
  const enough = distinctSplits(referenceRows, sampleRows) * alpha >= 1;
  return { squared, pValue, critical: enough ? critical : Infinity };
};

import { expect, test } from 'vitest';
import { gaussianRows } from '../../testing/gaussian-rows.js';
import { regraftErrorOf } from '../../testing/regraft-error-of.js';
import { poolRows } from './feature-rows.js';
import { kernelMatrix } from './kernel-matrix.js';
import { mmdTest } from './mmd-test.js';

const moved = { values: gaussianRows(5, 2, 2).values.map((value) => value + 1), columns: 2 };
const small = kernelMatrix(poolRows(gaussianRows(4, 2, 1), moved));

/** The statistic by its definition: means over pairs of different rows. */
const byDefinition = (isSample: readonly boolean[]): number => {
  const mean = (a: boolean, b: boolean): number => {
    let [total, pairs] = [0, 0];
    for (let i = 0; i < small.size; i++) {
      for (let j = 0; j < small.size; j++) {
        if (i === j || isSample[i] !== a || isSample[j] !== b) continue;
        total += small.values[i * small.size + j]!;
        pairs++;
      }
    }
    return total / pairs;
  };
  return mean(false, false) + mean(true, true) - 2 * mean(false, true);
};

test('has the p-value that all splits of the rows give', async () => {
  const splits = Array.from({ length: 2 ** 9 }, (_, mask) =>
    Array.from({ length: 9 }, (_, row) => (mask >> row) % 2 === 1),
  ).filter((isSample) => isSample.filter(Boolean).length === 5);
  const observed = byDefinition([...Array(4).fill(false), ...Array(5).fill(true)]);
  const share =
    splits.filter((isSample) => byDefinition(isSample) >= observed - 1e-12).length / splits.length;
  const { squared, pValue } = await mmdTest(small, 4, { permutations: 20_000, alpha: 0.05, seed: 1 });
  expect(splits).toHaveLength(126);
  expect(squared).toBeCloseTo(observed, 12);
  expect(Math.abs(pValue - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / 20_000));
});

test.each([
  [0.009, true],
  [0.007, false],
])('at alpha %d has a critical value: %s', async (alpha, finite) => {
  const { critical } = await mmdTest(small, 4, { permutations: 999, alpha, seed: 1 });
  expect(Number.isFinite(critical)).toBe(finite);
});

test('is the same with the sets exchanged', async () => {
  const [a, b] = [gaussianRows(12, 3, 1), gaussianRows(8, 3, 2)];
  const options = { permutations: 99, alpha: 0.05, seed: 1 };
  const { squared } = await mmdTest(kernelMatrix(poolRows(a, b)), 12, options);
  expect((await mmdTest(kernelMatrix(poolRows(b, a)), 8, options)).squared).toBeCloseTo(squared, 12);
});

test('can be cancelled', async () => {
  const run = () =>
    mmdTest(small, 4, { permutations: 99, alpha: 0.05, seed: 1, signal: AbortSignal.abort() });
  expect((await regraftErrorOf(run)).code).toBe('cancelled');
});

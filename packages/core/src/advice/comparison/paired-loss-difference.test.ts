import { expect, test } from 'vitest';
import { regraftErrorOf } from '../../testing/regraft-error-of.js';
import { range } from '../../training/example-source.js';
import { randomGenerator } from '../../training/random-generator.js';
import { pairedLossDifference, pairedLossDifferenceSchema } from './paired-loss-difference.js';

test('averages seeds, depends on its seed alone, and fits its schema', () => {
  const first = [range(0, 30).map((index) => index % 5), range(0, 30).map((index) => index % 3)];
  const second = [range(0, 30).map(() => 1), range(0, 30).map(() => 1)];
  const found = pairedLossDifference(first, second, { seed: 4 });
  expect(found).toMatchObject({ value: expect.closeTo(1 - 1.5, 14), n: 30, seeds: 2 });
  expect(pairedLossDifference(first, second, { seed: 4 })).toEqual(found);
  expect(pairedLossDifference(first, second, { seed: 5 })).not.toEqual(found);
  expect(pairedLossDifferenceSchema.parse(found)).toEqual(found);
});

test('is bounded by nothing where all examples differ alike', () => {
  expect(pairedLossDifference([[1, 2]], [[2, 3]])).toEqual({
    value: 1,
    low: null,
    high: null,
    n: 2,
    seeds: 1,
  });
});

test('refuses losses without bound', async () => {
  const error = await regraftErrorOf(() => pairedLossDifference([[1, 2]], [[2, Infinity]]));
  expect(error.code).toBe('data-invalid');
});

test('for symmetric differences it is nearly the normal interval of a mean', () => {
  const differences = range(-100, 101).map((index) => index / 50);
  const { low, high } = pairedLossDifference([differences.map(() => 0)], [differences], {
    resamples: 20_000,
  });
  const deviation = Math.sqrt(differences.reduce((total, value) => total + value ** 2, 0)) / 201;
  expect(high).toBeCloseTo(1.96 * deviation, 2);
  expect(low).toBeCloseTo(-1.96 * deviation, 2);
});

test.each([
  [40, 0.9],
  [100, 0.93],
])('intervals of skewed differences of %i examples cover', (n, least) => {
  const generator = randomGenerator(1, 'loss-coverage', n);
  let covered = 0;
  for (let repeat = 0; repeat < 1000; repeat++) {
    const first = range(0, n).map(() => -Math.log(1 - generator.uniform()));
    const second = first.map((loss) => 0.5 * loss - 0.5 * Math.log(1 - generator.uniform()) + 0.1);
    const { low, high } = pairedLossDifference([first], [second], { resamples: 500, seed: repeat });
    if (low! <= 0.1 && 0.1 <= high!) covered++;
  }
  expect(covered / 1000).toBeGreaterThanOrEqual(least);
  expect(covered / 1000).toBeLessThanOrEqual(0.97);
});

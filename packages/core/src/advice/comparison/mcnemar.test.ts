import { expect, test } from 'vitest';
import { binomialProbability } from '../../statistics/binomial.js';
import { range } from '../../training/example-source.js';
import { mcnemar } from './mcnemar.js';

test('agrees with sums of binomial coefficients', () => {
  expect(mcnemar(0, 0)).toBe(1);
  expect(mcnemar(0, 5)).toBeCloseTo(1 / 2 ** 5, 14);
  expect(mcnemar(6, 1)).toBeCloseTo((2 * (1 + 7) - 7) / 2 ** 7, 14);
  expect(mcnemar(2, 2)).toBeCloseTo(1 - 6 / 2 ** 4, 14);
  expect(mcnemar(3, 14)).toBe(mcnemar(14, 3));
});

/** How often equally good models are told apart at 5 %, by summing over all outcomes of n examples. */
const size = (n: number, discordance: number): number =>
  range(0, n + 1).reduce((total, discordant) => {
    const weight = binomialProbability(discordant, n, discordance);
    const rejected = range(0, discordant + 1).filter((first) => mcnemar(first, discordant - first) <= 0.05);
    return (
      total + weight * rejected.reduce((sum, first) => sum + binomialProbability(first, discordant, 0.5), 0)
    );
  }, 0);

test.each([20, 40, 100])('keeps to its level on %i examples', (n) => {
  for (const discordance of [0.02, 0.05, 0.1, 0.2, 0.4, 0.8]) {
    expect(size(n, discordance)).toBeLessThan(0.051);
  }
});

test('wastes little of its level', () => {
  expect(size(100, 0.1)).toBeGreaterThan(0.04);
  expect(size(100, 0.4)).toBeGreaterThan(0.045);
});

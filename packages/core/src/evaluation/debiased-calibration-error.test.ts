import { expect, test } from 'vitest';
import { range } from '../training/example-source.js';
import { randomGenerator } from '../training/random-generator.js';
import { debiasedCalibrationError } from './debiased-calibration-error.js';

const rounds = 1000;

/** Means over simulated samples of a model that is right less often than its confidence says, by `excess`. */
const simulate = (n: number, excess: number) => {
  const generator = randomGenerator(5, 'calibration', n);
  let [squared, covered, plain] = [0, 0, 0];
  for (let round = 0; round < rounds; round++) {
    const confidence = range(0, n).map(() => 0.3 + 0.7 * (1 - generator.uniform() ** 2));
    const correct = confidence.map((value) => (generator.uniform() < value - excess ? 1 : 0));
    const found = debiasedCalibrationError(confidence, correct);
    squared += found.squared / rounds;
    plain += found.error.value! / rounds;
    if (found.error.low! <= excess && excess <= found.error.high!) covered++;
  }
  return { squared, plain, covered: covered / rounds };
};

test.each([40, 100, 1000])('finds nothing where %i answers are as sure as they are right', (n) => {
  const { squared, covered } = simulate(n, 0);
  // Five standard errors of the mean over the rounds; the plain squared error is 0.02 and more at n = 100.
  expect(Math.abs(squared)).toBeLessThan(0.12 / n);
  expect(covered).toBeGreaterThan(0.93);
});

test.each([
  [100, 0.1],
  [100, 0.2],
  [1000, 0.05],
])('finds on %i answers that they are wrong more often than said, by %d', (n, excess) => {
  const { squared, covered } = simulate(n, excess);
  expect(Math.abs(squared - excess ** 2)).toBeLessThan(0.12 / n);
  expect(covered).toBeGreaterThan(0.93);
});

test('is a known number', () => {
  // One bin: residuals -0.8, 0.2, 0.2 of three answers; the mean product of two different ones is (0.16 - 0.72) / 6.
  const { squared, error } = debiasedCalibrationError([0.8, 0.8, 0.8], [0, 1, 1]);
  expect(squared).toBeCloseTo(-0.28 / 3, 12);
  expect(error).toMatchObject({ value: 0, low: 0, n: 3, method: 'score' });
});

test('never takes a few perfect answers for certainty', () => {
  const { error } = debiasedCalibrationError(new Array(20).fill(0.99), new Array(20).fill(1));
  expect(error.value).toBeCloseTo(0.01, 12);
  expect(error.high! - error.low!).toBeGreaterThan(0.1);
});

test('is unknown on a single answer', () => {
  expect(debiasedCalibrationError([0.9], [1]).error).toEqual({
    value: null,
    low: null,
    high: null,
    n: 1,
    method: 'none',
  });
});

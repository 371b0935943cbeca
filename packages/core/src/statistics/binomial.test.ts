import { expect, test } from 'vitest';
import { expectClose } from '../testing/expect-close.js';
import { statisticsReference } from '../testing/statistics-reference.js';
import { binomialDistribution, binomialProbability, exactLowerBound } from './binomial.js';

const { binomial, lowerBound } = statisticsReference.distributions;

test.each(binomial)('%i of %i with probability %d', (successes, trials, share, density, cumulative) => {
  expectClose(binomialProbability(successes, trials, share), density);
  expectClose(binomialDistribution(successes, trials, share), cumulative);
});

test.each(lowerBound)('the lower bound of %i of %i at risk %d', (successes, trials, risk, bound) => {
  expectClose(exactLowerBound(successes, trials, risk), bound);
});

test('without a success the lower bound is 0', () => {
  expect(exactLowerBound(0, 9, 0.05)).toBe(0);
});

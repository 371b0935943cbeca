import { expect, test } from 'vitest';
import { drawBeta } from './draw-beta.js';
import { range } from './example-source.js';
import { randomGenerator } from './random-generator.js';

const count = 20_000;

const draw = (alpha: number): number[] => {
  const generator = randomGenerator(7, 'beta', alpha);
  return range(0, count).map(() => drawBeta(generator, alpha));
};

test.each([0.05, 0.2, 1, 4, 100])('of alpha %f has mean 1/2 and variance 1 / (4 (2 alpha + 1))', (alpha) => {
  const values = draw(alpha);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.map((value) => (value - 0.5) ** 2);
  const variance = squares.reduce((sum, value) => sum + value, 0) / count;
  const spread = squares.reduce((sum, value) => sum + (value - variance) ** 2, 0) / count;
  expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(variance / count));
  expect(Math.abs(variance - 1 / (4 * (2 * alpha + 1)))).toBeLessThan(4 * Math.sqrt(spread / count));
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThanOrEqual(1);
});

test('of alpha 1 is uniform, by Kolmogorov and Smirnov', () => {
  const values = draw(1).sort((a, b) => a - b);
  const distance = Math.max(...values.map((value, index) => Math.abs((index + 0.5) / count - value)));
  expect(distance).toBeLessThan(1.63 / Math.sqrt(count));
});

test('of alpha 2 has the distribution 3 x^2 - 2 x^3', () => {
  const values = draw(2).sort((a, b) => a - b);
  const distance = Math.max(
    ...values.map((x, index) => Math.abs((index + 0.5) / count - (3 * x ** 2 - 2 * x ** 3))),
  );
  expect(distance).toBeLessThan(1.63 / Math.sqrt(count));
});

import { describe, expect, test } from 'vitest';
import { drawNormal } from '../../statistics/draw-normal.js';
import { normalDistribution as normalShare } from '../../statistics/normal.js';
import { regraftErrorOf } from '../../testing/regraft-error-of.js';
import { range } from '../../training/example-source.js';
import { randomGenerator } from '../../training/random-generator.js';
import { pairedDifference, pairedDifferenceSchema } from './paired-difference.js';

const pair = (n: number, onlyFirst: number, onlySecond: number) => ({
  first: range(0, n).map((index) => (index < onlyFirst ? 1 : 0)),
  second: range(0, n).map((index) => (index >= n - onlySecond ? 1 : 0)),
});

test('is the interval of Bonett and Price', () => {
  const { first, second } = pair(40, 3, 9);
  const found = pairedDifference([first], [second]);
  const centre = (9 - 3) / 42;
  const half = 1.959963984540054 * Math.sqrt(((9 + 1 + 3 + 1) / 42 - centre ** 2) / 42);
  expect(found.value).toBeCloseTo(0.15, 14);
  expect(found.low).toBeCloseTo(centre - half, 10);
  expect(found.high).toBeCloseTo(centre + half, 10);
  expect(found).toMatchObject({ n: 40, seeds: 1, p: expect.closeTo(0.0923, 4) });
  expect(pairedDifferenceSchema.parse(found)).toEqual(found);
});

test('models that never disagree are not proven equal', () => {
  const { first, second } = pair(40, 0, 0);
  const { value, low, high, p } = pairedDifference([first], [second]);
  expect([value, p]).toEqual([0, 1]);
  expect(high).toBeCloseTo(0.066, 4);
  expect(low).toBeCloseTo(-high, 14);
});

test('a seed that is repeated adds nothing', () => {
  const { first, second } = pair(60, 5, 12);
  const once = pairedDifference([first], [second]);
  const thrice = pairedDifference([first, first, first], [second, second, second]);
  expect(thrice.value).toBeCloseTo(once.value, 14);
  expect(thrice.standardError).toBeCloseTo(once.standardError, 14);
});

test('seeds that disagree with each other widen the interval', () => {
  const zeros = new Array<number>(100).fill(0);
  const rights = (count: number) => zeros.map((_, index) => (index < count ? 1 : 0));
  const stable = pairedDifference([zeros, zeros], [rights(20), rights(20)]);
  const shaky = pairedDifference([zeros, zeros], [rights(5), rights(35)]);
  expect(shaky.value).toBeCloseTo(stable.value, 14);
  expect(shaky.high - shaky.low).toBeGreaterThan(3 * (stable.high - stable.low));
});

test('refuses what is not paired', async () => {
  expect((await regraftErrorOf(() => pairedDifference([[1, 0]], [[1]]))).message).toContain('[2] and [1]');
  expect((await regraftErrorOf(() => pairedDifference([[1]], [[1], [1]]))).code).toBe('data-invalid');
  expect((await regraftErrorOf(() => pairedDifference([], []))).code).toBe('data-invalid');
  expect((await regraftErrorOf(() => pairedDifference([[0.5]], [[1]]))).message).toContain('0.5');
});

describe('in 1,000 simulated comparisons', () => {
  const simulate = (n: number, discordance: number, share: number) => {
    const generator = randomGenerator(11, 'coverage', n, discordance, share);
    const truth = discordance * (2 * share - 1);
    let covered = 0;
    for (let repeat = 0; repeat < 1000; repeat++) {
      const draws = range(0, n).map(() => generator.uniform());
      const first = draws.map((draw) => (draw < discordance * (1 - share) ? 1 : 0));
      const second = draws.map((draw) => (draw >= 1 - discordance * share ? 1 : 0));
      const { low, high } = pairedDifference([first], [second]);
      if (low <= truth && truth <= high) covered++;
    }
    return covered / 1000;
  };

  test.each([
    [40, 0.2, 0.5],
    [40, 0.3, 0.7],
    [40, 0.4, 0.9],
    [100, 0.1, 0.5],
    [100, 0.1, 0.8],
    [100, 0.2, 0.7],
    [100, 0.4, 0.5],
    [400, 0.03, 0.5],
    [400, 0.05, 0.9],
    [400, 0.1, 0.7],
    [400, 0.3, 0.5],
  ])('intervals cover: n = %i, disagreeing on %d, of which %d won', (n, discordance, share) => {
    const coverage = simulate(n, discordance, share);
    expect(coverage).toBeGreaterThanOrEqual(0.93);
    expect(coverage).toBeLessThanOrEqual(0.975);
  });

  test.each([
    [40, 0.05, 0.5],
    [40, 0.1, 1],
    [100, 0.03, 0.9],
  ])('and never fall short with few disagreements: n = %i, %d, %d', (n, discordance, share) => {
    expect(simulate(n, discordance, share)).toBeGreaterThanOrEqual(0.93);
  });

  test.each([
    [100, 3, 0],
    [100, 3, 0.15],
    [200, 5, 0.15],
  ])('of a recipe: %i examples, %i seeds, which differ by %d deviations', (n, seeds, seedDeviation) => {
    const generator = randomGenerator(3, 'seed-coverage', n, seeds, seedDeviation);
    const noise = Math.sqrt(1 + seedDeviation ** 2 + 0.25);
    const truth = normalShare(1.2 / noise) - normalShare(1 / noise);
    let covered = 0;
    for (let repeat = 0; repeat < 1000; repeat++) {
      const examples = range(0, n).map(() => drawNormal(generator));
      const model = (skill: number) => {
        const own = skill + seedDeviation * drawNormal(generator);
        return examples.map((ease) => (ease + own + 0.5 * drawNormal(generator) > 0 ? 1 : 0));
      };
      const { low, high } = pairedDifference(
        range(0, seeds).map(() => model(1)),
        range(0, seeds).map(() => model(1.2)),
      );
      if (low <= truth && truth <= high) covered++;
    }
    expect(covered / 1000).toBeGreaterThanOrEqual(0.93);
    expect(covered / 1000).toBeLessThanOrEqual(0.99);
  });
});

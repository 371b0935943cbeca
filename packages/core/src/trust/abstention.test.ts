import { describe, expect, test } from 'vitest';
import { regraftErrorOf } from '../testing/regraft-error-of.js';
import { range } from '../training/example-source.js';
import { randomGenerator } from '../training/random-generator.js';
import { abstentionSchema, chooseThreshold } from './abstention.js';

test('answers where the lower bound of accuracy reaches the target', () => {
  const confidence = range(0, 200).map((index) => 1 - index / 400);
  const correct = confidence.map((value) => (value > 0.75 ? 1 : 0));
  const found = chooseThreshold(confidence, correct, { target: 0.9 })!;
  expect(found.threshold).toBeLessThan(0.76);
  expect(found.accuracy).toBeGreaterThan(0.95);
  expect(found.low).toBeGreaterThanOrEqual(0.9);
  expect(found.accepted).toBe(confidence.filter((value) => value >= found.threshold).length);
  expect(found.coverage).toBe(found.accepted / 200);
  expect(abstentionSchema.parse(found)).toEqual(found);
});

test('is null where the promise cannot be kept', () => {
  expect(chooseThreshold(new Array(20).fill(0.99), new Array(20).fill(1), { target: 0.9 })).toBeNull();
  expect(chooseThreshold([0.9, 0.8], [0, 0], { target: 0.5 })).toBeNull();
});

test('answers equal confidences together', () => {
  const found = chooseThreshold(new Array(60).fill(0.9), new Array(60).fill(1), { target: 0.9 })!;
  // A quarter of the risk: 0.0125 ** (1 / 60).
  expect(found).toMatchObject({ threshold: 0.9, accepted: 60, coverage: 1 });
  expect(found.low).toBeCloseTo(0.0125 ** (1 / 60), 12);
});

test('refuses outcomes that are not one an example', async () => {
  expect((await regraftErrorOf(() => chooseThreshold([], [], { target: 0.9 }))).code).toBe('data-invalid');
  expect((await regraftErrorOf(() => chooseThreshold([1], [1, 0], { target: 0.9 }))).message).toContain(
    '1 conf',
  );
  const error = await regraftErrorOf(() => chooseThreshold([Number.NaN], [1], { target: 0.9 }));
  expect(error.message).toContain('not all finite');
});

describe.each([100, 400])('on 1,000 simulated sets of %i examples', (n) => {
  // With u uniform the confidence is 1 - u ** 2 / 2, and right as often: where u < s the accuracy is 1 - s ** 2 / 6.
  const target = 0.9;
  const simulate = (): { short: number; kept: number; coverage: number } => {
    const generator = randomGenerator(8, 'abstention', n);
    let [short, kept, coverage] = [0, 0, 0];
    for (let repeat = 0; repeat < 1000; repeat++) {
      const confidence = range(0, n).map(() => 1 - generator.uniform() ** 2 / 2);
      const correct = confidence.map((value) => (generator.uniform() < value ? 1 : 0));
      const found = chooseThreshold(confidence, correct, { target });
      if (found === null) continue;
      kept++;
      coverage += found.coverage;
      if (1 - (2 * (1 - found.threshold)) / 6 < target) short++;
    }
    return { short: short / 1000, kept: kept / 1000, coverage: coverage / kept };
  };

  test('falls short of the target in at most 5 %', () => {
    const { short, kept, coverage } = simulate();
    expect(short).toBeLessThanOrEqual(0.05);
    if (n === 400) {
      expect(kept).toBeGreaterThan(0.9);
      expect(coverage).toBeGreaterThan(0.2);
    }
  });
});

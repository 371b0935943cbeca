import { expect, test } from 'vitest';
import { clusteredFeatures } from '../../testing/clustered-features.js';
import { formulaFeatures } from '../../testing/formula-features.js';
import { regraftErrorOf } from '../../testing/regraft-error-of.js';
import { statisticsReference } from '../../testing/statistics-reference.js';
import { randomGenerator } from '../../training/random-generator.js';
import { logMe } from './log-me.js';

test.each(statisticsReference.logMe)(
  'is the evidence that SciPy maximises: $rows x $features, $classes classes',
  async ({ rows, features, classes, value }) => {
    const { values, labels } = formulaFeatures(rows, features, classes);
    expect(await logMe(values, labels, classes)).toBeCloseTo(value, 6);
  },
);

test('ranks feature sets by how well they tell classes apart', async () => {
  const scores: number[] = [];
  for (const spread of [4, 2, 1]) {
    const generator = randomGenerator(3, 'spread');
    const { values, labels } = clusteredFeatures(generator, { rows: 200, features: 40, classes: 4, spread });
    scores.push(await logMe(values, labels, 4));
  }
  expect(scores).toEqual(scores.toSorted((a, b) => a - b));
});

test('does not mind the scale of features, nor a class without examples', async () => {
  const { values, labels } = formulaFeatures(60, 12, 3);
  const score = await logMe(values, labels, 3);
  const scaled = values.map((value) => 100 * value);
  expect(await logMe(scaled, labels, 5)).toBeCloseTo(score, 5);
  expect(await logMe(new Float32Array(20), [0, 1, 0, 1], 2)).toBeLessThan(0);
});

test('scores 1,000 examples of 1,280 features in seconds, and stops when told to', async () => {
  const generator = randomGenerator(3, 'speed');
  const { values, labels } = clusteredFeatures(generator, {
    rows: 1000,
    features: 1280,
    classes: 10,
    spread: 3,
  });
  const started = performance.now();
  expect(await logMe(values, labels, 10)).toBeGreaterThan(0);
  expect(performance.now() - started).toBeLessThan(10_000);
  const signal = AbortSignal.timeout(100);
  expect((await regraftErrorOf(() => logMe(values, labels, 10, { signal }))).code).toBe('cancelled');
});

test('refuses rows that do not fit', async () => {
  expect((await regraftErrorOf(() => logMe(new Float32Array(5), [0, 1], 2))).message).toContain(
    '5 numbers and 2',
  );
  expect((await regraftErrorOf(() => logMe(new Float32Array(4), [0, 2], 2))).message).toContain('outside');
  expect((await regraftErrorOf(() => logMe(Float32Array.of(Number.NaN), [0], 1))).code).toBe('data-invalid');
});

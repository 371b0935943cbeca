import { expect, test } from 'vitest';
import { clusteredFeatures } from '../testing/clustered-features.js';
import { regraftErrorOf } from '../testing/regraft-error-of.js';
import { useBackend } from '../testing/use-backend.js';
import { examplesFromArray } from '../training/example-source.js';
import { randomGenerator } from '../training/random-generator.js';
import { findLabelErrors, labelErrorsSchema } from './label-errors.js';
import { outOfFoldProbabilities } from './out-of-fold-probabilities.js';

test('counts by thresholds', () => {
  // Thresholds: (0.9 + 0.8 + 0.1) / 3 = 0.6 and (0.6 + 0.2) / 2 = 0.4.
  const probabilities = Float32Array.of(0.9, 0.1, 0.8, 0.2, 0.1, 0.9, 0.4, 0.6, 0.8, 0.2);
  const found = findLabelErrors(probabilities, [0, 0, 0, 1, 1], 2);
  expect(found.errors.map(({ index, given, suggested }) => [index, given, suggested])).toEqual([
    [2, 0, 1],
    [4, 1, 0],
  ]);
  expect(found.errors[0]!.margin).toBeCloseTo(-0.8, 6);
  expect(found.errors[0]!.selfConfidence).toBeCloseTo(0.1, 6);
  // A third of class 0 and half of class 1.
  expect(found.noise).toBeCloseTo((3 / 3 + 2 / 2) / 5, 12);
  expect(labelErrorsSchema.parse(found)).toEqual(found);
});

test('ranks by how little the given label is believed, whatever is believed instead', () => {
  const probabilities = Float32Array.of(0.3, 0.7, 0, 0.1, 0.45, 0.45, 0.3, 0.4, 0.3, 0.3, 0.3, 0.4);
  const { errors } = findLabelErrors(probabilities, [0, 0, 1, 2], 3);
  expect(errors.map(({ index }) => index)).toEqual([1, 0]);
  expect(errors[0]!.margin).toBeGreaterThan(errors[1]!.margin);
});

test('finds nothing where labels and probabilities agree, a class without examples included', () => {
  const agreeing = Float32Array.of(0.8, 0.1, 0.1, 0.2, 0.7, 0.1);
  expect(findLabelErrors(agreeing, [0, 1], 3)).toEqual({ errors: [], noise: 0, n: 2 });
  expect(findLabelErrors(Float32Array.of(1, 1), [0, 0], 1)).toEqual({ errors: [], noise: 0, n: 2 });
});

test('refuses rows that do not fit', async () => {
  expect((await regraftErrorOf(() => findLabelErrors(Float32Array.of(1), [0], 2))).code).toBe('data-invalid');
  expect((await regraftErrorOf(() => findLabelErrors(Float32Array.of(1, 0), [2], 2))).message).toContain(
    'label 2',
  );
});

test.each([
  [400, 4],
  [600, 10],
  [1000, 5],
])('finds one flipped label in twenty: %i examples of %i classes', async (rows, classes) => {
  await useBackend('cpu');
  const generator = randomGenerator(6, 'flips', rows);
  const features = 24;
  const { values, labels } = clusteredFeatures(generator, { rows, features, classes, spread: 1.3 });
  const flipped = new Set(generator.shuffle([...labels.keys()]).slice(0, rows / 20));
  const given = labels.map((label, index) =>
    flipped.has(index) ? (label + 1 + generator.below(classes - 1)) % classes : label,
  );
  const examples = examplesFromArray(values, [features]);
  const { probabilities } = await outOfFoldProbabilities({ examples, labels: given }, classes);
  const { errors, noise } = findLabelErrors(probabilities, given, classes);
  const hits = errors.filter(({ index }) => flipped.has(index));
  const first = errors.slice(0, flipped.size);
  expect(hits.length / flipped.size).toBeGreaterThanOrEqual(0.8);
  expect(first.filter(({ index }) => flipped.has(index)).length / first.length).toBeGreaterThanOrEqual(0.75);
  const right = hits.filter(({ index, suggested }) => suggested === labels[index]);
  expect(right.length / hits.length).toBeGreaterThan(0.8);
  expect(Math.abs(noise - 0.05)).toBeLessThan(0.02);
});

import { expect, test } from 'vitest';
import { accuracyChangeSchema } from './accuracy-change.js';
import { compareAccuracy } from './compare-accuracy.js';

test('two models on the same images: both accuracies, and the difference of each image by itself', () => {
  const change = compareAccuracy([1, 1, 1, 0, 0], [1, 1, 0, 0, 0]);
  expect(change.before).toMatchObject({ value: 0.6, n: 5 });
  expect(change.after).toMatchObject({ value: 0.4, n: 5 });
  expect(change.difference.value).toBeCloseTo(-0.2, 14);
  expect(accuracyChangeSchema.parse(JSON.parse(JSON.stringify(change)))).toEqual(change);
});

test('models that are right on the same images differ by nothing, with an interval around it', () => {
  const { difference } = compareAccuracy([1, 0, 1], [1, 0, 1]);
  expect(difference.value).toBe(0);
  expect(difference.low).toBeLessThan(0);
  expect(difference.high).toBeGreaterThan(0);
});

import { expect, test } from 'vitest';
import { gaussianRows } from '../../testing/gaussian-rows.js';
import { featureTests } from './feature-tests.js';
import { stepDistancePValue } from './kolmogorov-smirnov.js';

test('puts the feature that moved first, its p-value multiplied by the number of features', () => {
  const reference = gaussianRows(30, 4, 1);
  const sample = gaussianRows(20, 4, 2);
  for (let row = 0; row < 20; row++) sample.values[row * 4 + 2]! += 3;
  const [first, ...others] = featureTests(reference, sample);
  expect(first?.feature).toBe(2);
  expect(first?.adjustedPValue).toBeCloseTo(4 * stepDistancePValue(first!.distance * 600, 30, 20), 12);
  expect(others).toHaveLength(3);
  expect(others.every(({ adjustedPValue }) => adjustedPValue > 0.05)).toBe(true);
});

test('finds nothing in constant features', () => {
  const rows = { values: new Float32Array(20), columns: 2 };
  expect(featureTests(rows, rows)).toEqual([
    { feature: 0, distance: 0, adjustedPValue: 1 },
    { feature: 1, distance: 0, adjustedPValue: 1 },
  ]);
});

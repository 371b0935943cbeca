import { expect, test } from 'vitest';
import { gaussianRows } from '../../testing/gaussian-rows.js';
import { principalSpace, projectRows } from './principal-coordinates.js';
import { rowDistances } from './row-distances.js';

const reference = gaussianRows(60, 4, 1);
const space = principalSpace(reference, 4);

test('is the mean distance to the five nearest by brute force', async () => {
  const sample = gaussianRows(9, 4, 2);
  const [near, seen] = [projectRows(reference, space).values, projectRows(sample, space).values];
  for (const { row, distance } of await rowDistances(reference, sample, space)) {
    const all = Array.from({ length: 60 }, (_, other) =>
      Math.hypot(...[0, 1, 2, 3].map((column) => seen[row * 4 + column]! - near[other * 4 + column]!)),
    );
    const five = all.sort((a, b) => a - b).slice(0, 5);
    expect(distance).toBeCloseTo(five.reduce((sum, value) => sum + value, 0) / 5, 6);
  }
});

test('puts the row that is unlike the others first, with the smallest p-value there is', async () => {
  const sample = gaussianRows(9, 4, 2);
  sample.values.fill(50, 4 * 4, 5 * 4);
  const found = await rowDistances(reference, sample, space);
  expect(found[0]).toMatchObject({ row: 4, pValue: 1 / 61 });
  expect(found.map(({ distance }) => distance)).toEqual(
    found.map(({ distance }) => distance).sort((a, b) => b - a),
  );
});

test('is as often below a p-value as it says, for rows of the same population', async () => {
  const large = gaussianRows(500, 4, 3);
  const found = await rowDistances(large, gaussianRows(2000, 4, 4), principalSpace(large, 4));
  const share = found.filter(({ pValue }) => pValue <= 0.1).length / 2000;
  expect(Math.abs(share - 0.1)).toBeLessThan(0.05);
});

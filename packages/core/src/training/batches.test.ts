import { expect, test } from 'vitest';
import { batchCount, evenBatches } from './batches.js';
import { range } from './example-source.js';

test.each([
  [33, 32, 1, [16, 17]],
  [64, 32, 1, [32, 32]],
  [5, 32, 1, [5]],
  [7, 3, 1, [2, 2, 3]],
  [3, 1, 1, [1, 1, 1]],
  [3, 2, 1, [1, 2]],
  [3, 2, 2, [3]],
  [7, 2, 2, [2, 2, 3]],
  [8, 2, 2, [2, 2, 2, 2]],
  [1, 2, 2, [1]],
])('%i examples by at most %i, at least %i', (size, batchSize, smallest, sizes) => {
  const batches = evenBatches(range(0, size), batchSize, smallest);
  expect(batches.map(({ length }) => length)).toEqual(sizes);
  expect(batches.flat()).toEqual(range(0, size));
  expect(batchCount(size, batchSize, smallest)).toBe(sizes.length);
});

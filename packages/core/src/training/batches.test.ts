import { expect, test } from 'vitest';
import { evenBatches } from './batches.js';
import { range } from './example-source.js';

test.each([
  [33, 32, [16, 17]],
  [64, 32, [32, 32]],
  [5, 32, [5]],
  [7, 3, [2, 2, 3]],
  [3, 1, [1, 1, 1]],
])('%i examples by at most %i', (size, batchSize, sizes) => {
  const batches = evenBatches(range(0, size), batchSize);
  expect(batches.map(({ length }) => length)).toEqual(sizes);
  expect(batches.flat()).toEqual(range(0, size));
});

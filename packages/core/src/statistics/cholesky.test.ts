import { expect, test } from 'vitest';
import { choleskyFactor, solveLower } from './cholesky.js';

test('factors a matrix by hand', () => {
  const lower = choleskyFactor(Float64Array.of(4, 2, 6, 2, 10, 0, 6, 0, 11), 3);
  expect([...lower]).toEqual([2, 0, 0, 1, 3, 0, 3, -1, 1]);
});

test('solves by forward substitution', () => {
  const lower = Float64Array.of(2, 0, 0, 1, 3, 0, 3, -1, 1);
  expect([...solveLower(lower, Float64Array.of(2, 7, 5))]).toEqual([1, 2, 4]);
});

import { expect, test } from 'vitest';
import { holm } from './holm.js';

// By hand: 4 x 0.0075; 3 x 0.02; 2 x 0.025 raised to the one before; 1 x 0.9.
test('multiplies the smallest the most, and keeps the order', () => {
  expect(holm([0.0075, 0.025, 0.02, 0.9])).toEqual([0.03, 0.06, 0.06, 0.9]);
  expect(holm([0.5, 0.9, 0.7])).toEqual([1, 1, 1]);
  expect(holm([0.04])).toEqual([0.04]);
  expect(holm([])).toEqual([]);
});

import { expect, test } from 'vitest';
import { bisect } from './bisect.js';

test('finds a crossing to the last bit, or the nearer end', () => {
  expect(bisect((x) => x ** 2 - 2, 0, 2)).toBeCloseTo(Math.SQRT2, 15);
  expect(bisect((x) => x, 3, 5)).toBe(3);
  expect(bisect((x) => x - 9, 3, 5)).toBeCloseTo(5, 14);
});

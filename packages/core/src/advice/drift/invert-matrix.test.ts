import { expect, test } from 'vitest';
import { gaussianRows } from '../../testing/gaussian-rows.js';
import { invertMatrix } from './invert-matrix.js';

test('gives the identity with the matrix, pivots and all', () => {
  const size = 6;
  const matrix = Float64Array.from(gaussianRows(size, size, 1).values);
  matrix[0] = 0;
  const { inverse } = invertMatrix(matrix, size)!;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let value = 0;
      for (let k = 0; k < size; k++) value += matrix[row * size + k]! * inverse[k * size + column]!;
      expect(value).toBeCloseTo(row === column ? 1 : 0, 9);
    }
  }
});

test('gives the condition of a diagonal matrix', () => {
  expect(invertMatrix(Float64Array.of(4, 0, 0, 0.5), 2)?.condition).toBe(8);
});

test('has nothing for a singular matrix', () => {
  expect(invertMatrix(Float64Array.of(0.5, 0.5, 0.5, 0.5), 2)).toBeNull();
});

import { expect, test } from 'vitest';
import { permutationPValue } from './permutation-p-value.js';

const permuted = () => Float64Array.from({ length: 99 }, (_, index) => index + 1);

test('counts the statistic itself among the permuted', () => {
  expect(permutationPValue(100, permuted(), 0.05).pValue).toBe(0.01);
  expect(permutationPValue(0, permuted(), 0.05).pValue).toBe(1);
  expect(permutationPValue(95, permuted(), 0.05).pValue).toBe(0.06);
});

test('has a critical value that is exceeded just where the p-value is at most alpha', () => {
  const { critical } = permutationPValue(0, permuted(), 0.05);
  expect(permutationPValue(critical, permuted(), 0.05).pValue).toBeGreaterThan(0.05);
  expect(permutationPValue(critical + 0.01, permuted(), 0.05).pValue).toBeLessThanOrEqual(0.05);
  expect(critical).toBe(95);
});

test('has no critical value where alpha is below any p-value', () => {
  expect(permutationPValue(100, permuted(), 0.001).critical).toBe(Infinity);
});

test('takes what differs by rounding alone for equal', () => {
  expect(permutationPValue(0.3, Float64Array.of(0.1 + 0.2, 0.3 - 1e-16, 0.1), 0.05).pValue).toBe(0.75);
});

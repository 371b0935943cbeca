import { expect, test } from 'vitest';
import { adviceReferences } from '../testing/advice-references.js';
import { chiSquareTail } from './chi-square-tail.js';

const { tails } = adviceReferences<{ tails: { statistic: number; freedom: number; pValue: number }[] }>(
  'labels',
);

test.each(tails)(
  '$statistic with $freedom degrees of freedom as in SciPy',
  ({ statistic, freedom, pValue }) => {
    expect(chiSquareTail(statistic, freedom) / pValue).toBeCloseTo(1, 9);
  },
);

test('is 1 at 0', () => {
  expect(chiSquareTail(0, 3)).toBe(1);
});

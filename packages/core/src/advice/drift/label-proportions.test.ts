import { expect, test } from 'vitest';
import { adviceReferences } from '../../testing/advice-references.js';
import { regraftErrorOf } from '../../testing/regraft-error-of.js';
import { compareLabelProportions, labelProportionsSchema } from './label-proportions.js';

const { proportions } = adviceReferences<{
  proportions: { counts: [number[], number[]]; statistic: number; pValue: number }[];
}>('labels');

test.each(proportions)('$counts as in SciPy', ({ counts, statistic, pValue }) => {
  const found = compareLabelProportions(...counts);
  expect(found).toMatchObject({
    statistic: expect.closeTo(statistic, 9),
    pValue: expect.closeTo(pValue, 9),
    method: 'chi-square',
  });
  expect(labelProportionsSchema.parse(found)).toEqual(found);
});

test('few examples have the p-value that all their orders give', () => {
  // 4 and 0 of 8, 4 of each class: 2 of the 70 orders are as far apart, 34 of 70 for 3 and 1.
  expect(compareLabelProportions([4, 0], [0, 4])).toMatchObject({
    method: 'permutation',
    pValue: expect.closeTo(2 / 70, 2),
  });
  expect(compareLabelProportions([3, 1], [1, 3]).pValue).toBeCloseTo(34 / 70, 1);
});

test('the same proportions have a statistic of 0, and a class of neither set does not count', () => {
  expect(compareLabelProportions([30, 0, 60], [10, 0, 20])).toEqual({
    statistic: expect.closeTo(0, 12),
    pValue: expect.closeTo(1, 6),
    method: 'chi-square',
    shares: [
      [1 / 3, 1 / 3],
      [0, 0],
      [2 / 3, 2 / 3],
    ],
  });
  expect(compareLabelProportions([3], [4])).toMatchObject({ statistic: 0, pValue: 1 });
});

test.each([
  [[1, 2], [1]],
  [
    [0, 0],
    [1, 2],
  ],
  [
    [1, -1],
    [1, 2],
  ],
  [
    [1, Number.NaN],
    [1, 2],
  ],
])('refuses %j and %j', async (first, second) => {
  const error = await regraftErrorOf(() => compareLabelProportions(first, second));
  expect(error.code).toBe('data-invalid');
});

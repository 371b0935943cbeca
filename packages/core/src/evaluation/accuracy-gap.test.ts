import { expect, test } from 'vitest';
import { accuracyGap, accuracyGapSchema } from './accuracy-gap.js';
import { evaluatePredictions } from './evaluate-predictions.js';

const report = (hits: number, n: number, classNames = ['ants', 'bees']) =>
  evaluatePredictions({
    probabilities: Float32Array.from({ length: 2 * n }, (_, index) => (index % 2 === 0 ? 1 : 0)),
    labels: Array.from({ length: n }, (_, index) => (index < hits ? 0 : 1)),
    classNames,
    resamples: 10,
  });

test('is the difference of two accuracies with a hybrid score interval', () => {
  const gap = accuracyGap(report(56, 70), report(48, 80));
  expect(gap).toEqual({
    value: expect.closeTo(0.2),
    low: expect.closeTo(0.052431),
    high: expect.closeTo(0.333873),
    n: [70, 80],
  });
  expect(accuracyGapSchema.parse(gap)).toEqual(gap);
});

test('refuses reports over other classes', () => {
  expect(() => accuracyGap(report(1, 2), report(1, 2, ['bees', 'ants']))).toThrow(/same classes/);
});

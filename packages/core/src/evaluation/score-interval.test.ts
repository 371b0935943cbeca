import { expect, test } from 'vitest';
import { combinedScoreInterval, scoreInterval } from './score-interval.js';

// References: statsmodels 0.15, proportion_confint(method='wilson') and confint_proportions_2indep(method='newcomb').
test.each([
  [20, 20, 0.8388748419471804, 1],
  [0, 5, 0, 0.43448246478317487],
  [7, 10, 0.39677814746114537, 0.8922087325936989],
  [81, 263, 0.2552885198782742, 0.36620957698280004],
])('%i of %i', (successes, trials, low, high) => {
  expect(scoreInterval(successes, trials)).toEqual({
    low: expect.closeTo(low, 12),
    high: expect.closeTo(high, 12),
  });
});

test('the difference of 56 of 70 and 48 of 80', () => {
  const parts = [
    { successes: 56, trials: 70 },
    { successes: 48, trials: 80 },
  ];
  expect(combinedScoreInterval(parts, [1, -1])).toEqual({
    low: expect.closeTo(0.05243147240236498, 12),
    high: expect.closeTo(0.33387265403690614, 12),
  });
});

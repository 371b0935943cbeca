import { expect, test } from 'vitest';
import { learningRateAt } from './learning-rate-schedule.js';

test('rises to its highest in the warm-up, then falls as a cosine to nearly nothing', () => {
  const schedule = { base: 2, steps: 10, warmUp: 0.2 };
  const rates = Array.from({ length: 10 }, (_, step) => learningRateAt(step, schedule));
  expect(rates.slice(0, 3)).toEqual([1, 2, 2]);
  expect(rates[6]).toBeCloseTo(1, 12); // half way down
  expect(rates.slice(2)).toEqual([...rates.slice(2)].sort((a, b) => b - a));
  expect(rates[9]).toBeCloseTo(1 + Math.cos((7 / 8) * Math.PI), 12);
});

test.each([0, 1])('needs no warm-up, nor anything else (%f)', (warmUp) => {
  const rates = [0, 1, 2].map((step) => learningRateAt(step, { base: 1, steps: 3, warmUp }));
  expect(rates.every((rate) => rate > 0 && rate <= 1)).toBe(true);
  expect(Math.max(...rates)).toBe(1);
});

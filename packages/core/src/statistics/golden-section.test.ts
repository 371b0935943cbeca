import { expect, test } from 'vitest';
import { goldenSection } from './golden-section.js';

test('finds a minimum within or at an end', () => {
  expect(goldenSection((x) => (x - 0.7) ** 2, -3, 9, 1e-7)).toBeCloseTo(0.7, 6);
  expect(goldenSection((x) => x, 2, 3, 1e-7)).toBeCloseTo(2, 6);
});

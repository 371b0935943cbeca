import { expect, test } from 'vitest';
import { classWeights } from './class-weights.js';

test("are scikit-learn's balanced ones", () => {
  // compute_class_weight('balanced', classes=[0, 1, 2], y=[0, 0, 0, 1, 2, 2])
  expect([...classWeights([0, 0, 0, 1, 2, 2], 3, 'balanced')]).toEqual([6 / 9, 2, 1]);
});

test('leave a class without examples out', () => {
  expect([...classWeights([0, 0, 2, 2], 3, 'balanced')]).toEqual([1, 0, 1]);
});

test('are 1 when not wanted', () => {
  expect([...classWeights([0, 0, 1], 2, 'none')]).toEqual([1, 1]);
});

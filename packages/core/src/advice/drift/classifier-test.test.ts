import { expect, test } from 'vitest';
import { gaussianRows } from '../../testing/gaussian-rows.js';
import { classifierTest } from './classifier-test.js';
import { poolRows } from './feature-rows.js';

const options = { permutations: 199, alpha: 0.05, seed: 3 };

test('tells sets that are apart without an error, at the smallest p-value there is', () => {
  const far = { values: gaussianRows(20, 3, 2).values.map((value) => value + 9), columns: 3 };
  expect(classifierTest(poolRows(gaussianRows(31, 3, 1), far), 31, options)).toEqual({
    area: 1,
    pValue: 0.005,
    heldOut: 26,
  });
});

test('guesses where nothing varies', () => {
  const constant = { values: new Float32Array(40).fill(2), columns: 2 };
  expect(classifierTest(constant, 10, options)).toEqual({ area: 0.5, pValue: 1, heldOut: 10 });
});

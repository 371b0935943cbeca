import { expect, test } from 'vitest';
import { adviceReferences, formulaRows } from '../../testing/advice-references.js';
import { poolRows } from './feature-rows.js';
import { kernelMatrix } from './kernel-matrix.js';
import { kernelSums, mmdOfSums, splitSums } from './mmd-test.js';

const { discrepancy } = adviceReferences<{ discrepancy: { bandwidth: number; squared: number } }>('drift');

test('has the median distance for its bandwidth and gives the discrepancy that SciPy gives', () => {
  const kernel = kernelMatrix(poolRows(formulaRows(0, 9, 4), formulaRows(1, 7, 4, 1.5)));
  const part = Int32Array.from({ length: 7 }, (_, index) => 9 + index);
  expect(kernel.bandwidth).toBeCloseTo(discrepancy.bandwidth, 6);
  expect(mmdOfSums(splitSums(kernel, kernelSums(kernel), part), 7, 9)).toBeCloseTo(discrepancy.squared, 7);
});

test('is 1 everywhere where all rows are equal', () => {
  const { values, bandwidth } = kernelMatrix({ values: new Float32Array(12).fill(3), columns: 2 });
  expect(bandwidth).toBe(1);
  expect(values.every((value) => value === 1)).toBe(true);
});

test('has a bandwidth where most rows are equal', () => {
  const values = new Float32Array(20);
  values[0] = 4;
  expect(kernelMatrix({ values, columns: 1 }).bandwidth).toBe(4);
});

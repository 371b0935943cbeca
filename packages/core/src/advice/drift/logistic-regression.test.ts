import { expect, test } from 'vitest';
import { adviceReferences, formulaRows } from '../../testing/advice-references.js';
import { fitLogistic, scoreRow } from './logistic-regression.js';

const indexes = (start: number, end: number): Int32Array =>
  Int32Array.from({ length: end - start }, (_, index) => start + index);

test('finds the minimum that SciPy finds', () => {
  const { logistic } = adviceReferences<{ logistic: number[] }>('drift');
  const { weights, bias } = fitLogistic(formulaRows(3, 30, 3), {
    positive: indexes(0, 10),
    negative: indexes(10, 30),
    ridge: 2,
  });
  const found = [...weights, bias];
  for (const [index, value] of logistic.entries()) expect(Math.abs(found[index]! - value)).toBeLessThan(2e-3);
});

test('separates what is apart', () => {
  const rows = { values: Float32Array.of(-1, -2, 1, 2), columns: 1 };
  const model = fitLogistic(rows, { positive: indexes(2, 4), negative: indexes(0, 2), ridge: 1 });
  expect([0, 1, 2, 3].map((row) => Math.sign(scoreRow(rows, row, model)))).toEqual([-1, -1, 1, 1]);
});

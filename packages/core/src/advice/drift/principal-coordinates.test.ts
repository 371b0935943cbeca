import { expect, test } from 'vitest';
import { adviceReferences, formulaRows } from '../../testing/advice-references.js';
import type { FeatureRows } from './feature-rows.js';
import { principalSpace, projectRows } from './principal-coordinates.js';

/** The references' rows in which three directions of clearly different size stand out. */
const mixedRows = (k: number, rows: number, columns: number): FeatureRows => {
  const [noise, directions, factors] = [
    formulaRows(k, rows, columns),
    formulaRows(k + 1, 3, columns),
    formulaRows(k + 2, rows, 3),
  ];
  const values = noise.values.map((value, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    let total = 0.2 * value;
    for (const [factor, size] of [6, 3, 1.5].entries()) {
      total += size * factors.values[row * 3 + factor]! * directions.values[factor * columns + column]!;
    }
    return total;
  });
  return { values, columns };
};

test('are along the axes that NumPy finds, with the variances that it finds', () => {
  const { principal } = adviceReferences<{ principal: { variances: number[]; firstAxis: number[] } }>(
    'drift',
  );
  const rows = mixedRows(2, 40, 6);
  const space = principalSpace(rows, 3);
  const { values } = projectRows(rows, space);
  for (const [axis, variance] of principal.variances.entries()) {
    const squares = Array.from({ length: 40 }, (_, row) => values[row * 3 + axis]! ** 2);
    expect(squares.reduce((sum, square) => sum + square, 0) / 40 / variance).toBeCloseTo(1, 4);
  }
  const along = principal.firstAxis.reduce((sum, value, column) => sum + value * space.axes[column]!, 0);
  expect(Math.abs(along)).toBeCloseTo(1, 5);
});

test('keep all distances where there are as many as columns', () => {
  const rows = formulaRows(1, 12, 3);
  const space = principalSpace(rows, 32);
  const { values, columns } = projectRows(rows, space);
  expect(columns).toBe(3);
  const { deviation } = space.statistics;
  const distance = (of: Float32Array, scale: (column: number) => number): number =>
    Math.hypot(...[0, 1, 2].map((column) => (of[column]! - of[3 + column]!) / scale(column)));
  expect(distance(values, () => 1)).toBeCloseTo(
    distance(rows.values, (column) => deviation[column]!),
    5,
  );
});

test('are no more than the rows allow, and zero where nothing varies', () => {
  const rows = { values: new Float32Array(40).fill(1), columns: 10 };
  const space = principalSpace(rows, 32);
  expect(space.dimensions).toBe(3);
  expect(projectRows(rows, space).values.every((value) => value === 0)).toBe(true);
});

import { expect, test } from 'vitest';
import { adviceReferences, formulaSeries } from '../../testing/advice-references.js';
import { areaUnderCurve, midRanks } from './rank-sum.js';

test('equal values share their mean rank', () => {
  expect([...midRanks(Float64Array.of(3, 1, 3, 2))]).toEqual([3.5, 1, 3.5, 2]);
});

test('the area is that of the Mann-Whitney statistic of SciPy, ties and all', () => {
  const { area } = adviceReferences<{ area: { m: number; n: number; area: number } }>('drift');
  const oneDecimal = (value: number): number => Math.round(value * 10) / 10;
  const values = [...formulaSeries(7, area.m), ...formulaSeries(8, area.n)].map(oneDecimal);
  const members = Int32Array.from({ length: area.m }, (_, index) => index);
  expect(areaUnderCurve(midRanks(Float64Array.from(values)), members)).toBeCloseTo(area.area, 12);
});

import { expect, test } from 'vitest';
import { adviceReferences, formulaSeries } from '../../testing/advice-references.js';
import { stepDistance, stepDistancePValue } from './kolmogorov-smirnov.js';

const { smirnov } = adviceReferences<{
  smirnov: { m: number; n: number; scale: number; distance: number; pValue: number }[];
}>('drift');

const sorted = (k: number, count: number, scale: number): Float32Array =>
  Float32Array.from(formulaSeries(k, count), (value) => scale * value).sort();

test.each(smirnov)('$m and $n values as in SciPy', ({ m, n, scale, distance, pValue }) => {
  const steps = stepDistance(sorted(5, m, 1), sorted(6, n, scale));
  expect(steps / (m * n)).toBeCloseTo(distance, 12);
  expect(stepDistancePValue(steps, m, n) / pValue).toBeCloseTo(1, 6);
});

test('wholly separate samples have the probability of the two orders that separate them', () => {
  const steps = stepDistance(Float32Array.of(1, 2, 3), Float32Array.of(4, 5, 6, 7));
  expect(steps).toBe(12);
  expect(stepDistancePValue(steps, 3, 4)).toBeCloseTo(2 / 35, 12);
});

test('equal and constant samples are not apart', () => {
  const same = Float32Array.of(1, 1, 1);
  expect(stepDistance(same, same)).toBe(0);
  expect(stepDistancePValue(0, 3, 3)).toBe(1);
});

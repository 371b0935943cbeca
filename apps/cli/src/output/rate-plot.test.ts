import { expect, test } from 'vitest';
import { drawCurve } from './braille-canvas.js';
import { formatLearningRate, formatLoss, layOutRateCurve } from './rate-curve.js';
import { renderRatePlot } from './rate-plot.js';
import { renderRateSvg } from './rate-svg.js';

test('a curve sets the dots of braille characters', () => {
  const corner = [
    { x: 0, y: 1 },
    { x: 1, y: 0 },
  ];
  expect(drawCurve(corner, { columns: 2, rows: 1 })).toEqual([['⠑', '⢄']]);
  expect(drawCurve([{ x: 0, y: 0 }], { columns: 1, rows: 2 })).toEqual([['⠀'], ['⡀']]);
  expect(drawCurve([{ x: 0.5, y: 3 }], { columns: 1, rows: 1 })).toEqual([['⠀']]);
});

test.each([
  [1.234, '1.2'],
  [0.00123, '0.0012'],
  [0.000015, '1.5e-5'],
  [1e-7, '1e-7'],
])('a rate of %f is %s', (rate, words) => {
  expect(formatLearningRate(rate)).toBe(words);
});

test('a loss has two decimals, or an exponent', () => {
  expect([0, 1.256, 0.000286].map(formatLoss)).toEqual(['0.00', '1.26', '2.9e-4']);
});

const search = {
  suggestion: 1e-3,
  points: [-5, -4, -3, -2, -1].map((power, index) => {
    const loss = [2, 1.9, 1.2, 1, 50][index]!;
    return { learningRate: 10 ** power, loss, smoothed: loss };
  }),
};

test('a curve is laid out by the logarithm of the rate, and leaves the top where the loss blows up', () => {
  const { smoothed, suggestion, low, high, decades } = layOutRateCurve(search);
  expect(suggestion).toBeCloseTo(0.5, 10);
  expect(smoothed.map(({ x }) => x)).toEqual([0, 0.25, 0.5, 0.75, 1].map((x) => expect.closeTo(x, 10)));
  expect([low, high]).toEqual([expect.closeTo(0.85, 10), expect.closeTo(2.15, 10)]);
  expect(smoothed.at(-1)!.y).toBeGreaterThan(1);
  expect(decades.map(({ label }) => label)).toEqual(['1e-5', '1e-4', '0.001', '0.01', '0.1']);
});

test('a plot and a drawing come of one point, or of a loss that never moves', () => {
  for (const points of [
    search.points.slice(0, 1),
    search.points.map((point) => ({ ...point, smoothed: 0 })),
  ]) {
    expect(renderRatePlot({ ...search, points }).join('\n')).not.toContain('NaN');
    expect(renderRateSvg({ ...search, points })).not.toMatch(/NaN|Infinity/);
  }
});

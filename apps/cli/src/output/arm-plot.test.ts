import type { ArmSummary } from '@regraft/studio';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { renderArmPlot } from './arm-plot.js';

const arm = (name: string, low: number, value: number, high: number): ArmSummary => ({
  name,
  blocks: 0,
  status: 'finished',
  epochs: 0,
  seconds: 1,
  train: null,
  validation: { value, low, high, n: 76, method: 'score' },
  test: null,
  gap: null,
});

const arms = [arm('keep', 0.6, 0.7, 0.8), arm('head', 0.7, 0.8, 0.9), arm('last-2', 0.8, 0.9, 1)];

test('intervals stand on one scale, and the chosen one is marked by a word', () => {
  const [caption, axis, ...lines] = renderArmPlot(arms, 'head', 60);
  expect(caption).toContain('76 validation images');
  expect(axis).toMatch(/60 % +100 %$/);
  expect(lines).toHaveLength(3);
  const places = lines.map((line) => ['├', '●', '┤'].map((mark) => line.indexOf(mark)));
  expect(places[0]![2]).toBe(places[1]![1]);
  expect(places[1]![1]).toBe(places[2]![0]);
  expect(lines.map((line) => line.includes('chosen'))).toEqual([false, true, false]);
  expect(lines[2]).toMatch(/last 2 blocks .*90\.0 %$/);
  expect(stringWidth(axis!)).toBe(lines[0]!.indexOf(' 70.0 %') - 1);
});

test.each([40, 60, 78, 158])('no line is wider than %d columns', (columns) => {
  for (const line of renderArmPlot(arms, 'head', columns))
    expect(stringWidth(line)).toBeLessThanOrEqual(columns);
});

test('one arm is no comparison, and arms that did not finish are left out', () => {
  expect(renderArmPlot(arms.slice(0, 1), null, 80)).toEqual([]);
  const dropped = { ...arm('all', 0, 0, 0), status: 'dropped' as const, validation: null };
  expect(renderArmPlot([...arms, dropped], null, 80)).toHaveLength(5);
});

test('where all are the same there is still a scale', () => {
  const same = [arm('keep', 1, 1, 1), arm('head', 1, 1, 1)];
  expect(renderArmPlot(same, 'keep', 80)[2]).toContain('●');
});

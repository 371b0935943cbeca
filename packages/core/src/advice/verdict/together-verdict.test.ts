import { expect, test } from 'vitest';
import { recommendStrategy, type Strategy } from './together-verdict.js';

const report = (strategy: Strategy, bounds: readonly (readonly [number, number])[] | null) => {
  const metric = { value: 0.9, low: 0.8, high: 0.95, n: 100, method: 'score' as const };
  const differences = bounds?.map(([low, high]) => ({
    value: (low + high) / 2,
    low,
    high,
    standardError: 0.02,
    p: 0.5,
    n: 100,
    seeds: 1,
  }));
  return {
    strategy,
    accuracy: [metric, metric] as [typeof metric, typeof metric],
    difference: differences ? ([differences[0]!, differences[1]!] as const) : null,
    seconds: 1,
  };
};

const joint = report('joint', null);

test.each([
  [
    'no evidence either way',
    [
      [-0.02, 0.03],
      [-0.01, 0.02],
    ],
    'joint',
  ],
  [
    'better on one, no evidence on the other',
    [
      [0.01, 0.09],
      [-0.04, 0.02],
    ],
    'separate',
  ],
  [
    'better on one, worse on the other',
    [
      [0.01, 0.09],
      [-0.08, -0.01],
    ],
    'joint',
  ],
  [
    'worse on both',
    [
      [-0.2, -0.1],
      [-0.08, -0.01],
    ],
    'joint',
  ],
] as const)('%s', (_, bounds, expected) => {
  const strategies = [joint, report('separate', bounds)];
  expect(recommendStrategy(strategies as Parameters<typeof recommendStrategy>[0])).toBe(expected);
});

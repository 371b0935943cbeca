import { findBlocks, graft, type Network, replaceHead } from '@regraft/core';
import { expect, test } from 'vitest';
import { pairModel } from '../testing/pair-model.js';
import { planArms } from './plan-arms.js';

/** A chain of so many strided convolutions, each a block, over images of 8 px. */
const chain = (length: number): Network => {
  const names = Array.from({ length }, (_, index) => `convolution-${index + 1}`);
  return {
    name: 'chain',
    nodes: [
      { op: 'input', name: 'image', inputs: [], shape: [8, 8, 3] },
      ...names.map((name, index) => ({
        op: 'conv2d' as const,
        name,
        inputs: [names[index - 1] ?? 'image'],
        kernel: name,
        strides: [2, 2] as [number, number],
        dilations: [1, 1] as [number, number],
        padding: 'same' as const,
      })),
      { op: 'global-average-pool', name: 'features', inputs: [names.at(-1)!], keepDims: false },
    ],
    weights: new Map(names.map((name) => [name, { shape: [1, 1, 3, 3], data: new Float32Array(9) }])),
    output: 'features',
  };
};

const armsOf = (length: number) => {
  const network = chain(length);
  const { preprocessing } = pairModel(1);
  const backbone = { id: 'chain', sha256: '', network, blocks: findBlocks(network), preprocessing };
  return planArms((freeze) => graft(backbone, { head: replaceHead(['a', 'b']), freeze }));
};

test.each([
  [3, ['head', 'last-2', 'all']],
  [5, ['head', 'last-2', 'last-4', 'all']],
  [8, ['head', 'last-2', 'last-4', 'all']],
  [20, ['head', 'last-2', 'last-4', 'last-8', 'all']],
])('of %i blocks', (length, names) => {
  const arms = armsOf(length);
  expect(arms.map(({ name }) => name)).toEqual(names);
  expect(arms.at(-1)).toMatchObject({ blocks: arms[0].model.blocks.length - 1, plan: { kind: 'all' } });
});

test('each arm trains its blocks and costs more than the one before', () => {
  const arms = armsOf(20);
  for (const { model, blocks } of arms) expect(model.plan.trained).toHaveLength(blocks + 1);
  const costs = arms.map(({ cost }) => cost);
  expect(costs).toEqual([...costs].sort((a, b) => a - b));
  expect(new Set(costs).size).toBe(arms.length);
});

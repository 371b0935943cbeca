import { composeNetworks, hashNetwork, inferShapes } from '@regraft/core';
import { expect, test } from 'vitest';
import { deepModel } from '../testing/deep-model.js';
import { modelChain, trunkChain } from './trunk-chain.js';

const endsOf = (blocks: number): string[] => modelChain(deepModel(blocks)).map(({ output }) => output);

test('the way to a cut leads through the stations below it, whatever the cut', () => {
  expect(endsOf(0)).toEqual(['block-3/add', 'block-7/add', 'block-9/add', 'features']);
  expect(endsOf(2)).toEqual(['block-3/add', 'block-7/add', 'block-9/add']);
  expect(endsOf(3)).toEqual(['block-3/add', 'block-7/add', 'block-8/add']);
  expect(endsOf(8)).toEqual(['block-3/add']);
  expect(endsOf(10)).toEqual(['block-1/add']);
  expect(endsOf(12)).toEqual(['image']);
});

test('the segments are the trunk, cut up', async () => {
  const { network, blocks } = deepModel(0);
  const backbone = { network: { ...network, output: 'features' }, blocks: blocks.slice(0, -1) };
  const [first, ...others] = trunkChain(backbone);
  const whole = others.reduce(composeNetworks, first!);
  expect(await hashNetwork(whole)).toBe(await hashNetwork(backbone.network));
  expect(inferShapes(whole).get(whole.output)).toEqual([16]);
});

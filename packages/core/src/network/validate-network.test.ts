import fc from 'fast-check';
import { expect, test } from 'vitest';
import { networkBuilder } from '../testing/network-builder.js';
import { randomNetwork } from '../testing/random-network.js';
import type { Network } from './network.js';
import { validateNetwork } from './validate-network.js';

const sample = (): Network => {
  const builder = networkBuilder([6, 6, 2]);
  return builder.finish(builder.batchNorm(builder.conv(builder.input, 3)));
};

test('random networks are valid', () => {
  fc.assert(fc.property(randomNetwork, (network) => validateNetwork(network)));
});

test('duplicate names, a missing input node and a missing output are refused', () => {
  const network = sample();
  expect(() => validateNetwork({ ...network, nodes: [...network.nodes, network.nodes[1]!] })).toThrow(
    /unique/,
  );
  expect(() => validateNetwork({ ...network, nodes: [] })).toThrow(/exactly one input/);
  expect(() => validateNetwork({ ...network, output: 'nowhere' })).toThrow(/"nowhere"/);
});

test('missing, misshapen and short weights are refused by name', () => {
  const network = sample();
  const change = (name: string, shape: number[], length: number) =>
    validateNetwork({
      ...network,
      weights: new Map([...network.weights, [name, { shape, data: new Float32Array(length) }]]),
    });
  expect(() => change('1/bias', [4], 4)).toThrow(/bias "1\/bias" must be \[3\].*\[4\]/);
  expect(() => change('2/variance', [3], 2)).toThrow(/must hold 3 values.*2/);
  const weights = new Map(network.weights);
  weights.delete('2/mean');
  expect(() => validateNetwork({ ...network, weights })).toThrow(/mean must be among the weights.*"2\/mean"/);
});

test('a merge with one input is refused', () => {
  const builder = networkBuilder([6, 6, 2]);
  expect(() => validateNetwork(builder.finish(builder.merge('add', builder.input)))).toThrow(/at least 2/);
});

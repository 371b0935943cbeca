import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { networkBuilder } from '../testing/network-builder.js';
import { hashNetwork, hashWeight } from './hash-network.js';
import type { Network } from './network.js';

const sample = (): Network => {
  const builder = networkBuilder([6, 6, 2]);
  return builder.finish(builder.batchNorm(builder.conv(builder.input, 3)));
};

test("a weight's hash is sha256 of its shape and bytes", async () => {
  const data = new Float32Array([9, 1, -2]).subarray(1);
  const expected = createHash('sha256')
    .update('[2]')
    .update(Buffer.from(new Float32Array([1, -2]).buffer))
    .digest('hex');
  expect(await hashWeight({ shape: [2], data })).toBe(expected);
});

test('the order of keys and weights and the name of the network do not matter', async () => {
  const network = sample();
  const shuffled: Network = {
    name: 'another',
    output: network.output,
    weights: new Map([...network.weights].reverse()),
    nodes: network.nodes.map(
      (node) => Object.fromEntries(Object.entries(node).reverse()) as unknown as typeof node,
    ),
  };
  expect(await hashNetwork(shuffled)).toBe(await hashNetwork(network));
});

test('one changed value or attribute changes the hash', async () => {
  const network = sample();
  const original = await hashNetwork(network);
  const changed = sample();
  changed.weights.get('2/mean')!.data[0]! += 1e-6;
  expect(await hashNetwork(changed)).not.toBe(original);
  const nodes = network.nodes.map((node) => (node.op === 'batch-norm' ? { ...node, epsilon: 0.01 } : node));
  expect(await hashNetwork({ ...network, nodes })).not.toBe(original);
});

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { networkBuilder } from '../testing/network-builder.js';
import { hashNetwork, hashWeight } from './hash-network.js';
import type { Network } from './network.js';
import { nodeWeights } from './node-weights.js';

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

test('other names for nodes and weights do not matter', async () => {
  const network = sample();
  const rename = (name: string): string => `other/${name}`;
  const renamed: Network = {
    name: network.name,
    output: rename(network.output),
    weights: new Map([...network.weights].map(([name, weight]) => [rename(name), weight])),
    nodes: network.nodes.map((node) => ({
      ...node,
      ...Object.fromEntries(nodeWeights(node).map(({ role, name }) => [role, rename(name)])),
      name: rename(node.name),
      inputs: node.inputs.map(rename),
    })),
  };
  expect(await hashNetwork(renamed)).toBe(await hashNetwork(network));
});

test('the order of the inputs of a node matters', async () => {
  const builder = networkBuilder([6, 6, 2]);
  const input = builder.input;
  const [left, right] = [builder.conv(input, 2), builder.conv(input, 2)];
  const joined = builder.finish(builder.merge('concatenate', left, right));
  const nodes = joined.nodes.map((node) =>
    node.op === 'concatenate' ? { ...node, inputs: [...node.inputs].reverse() } : node,
  );
  expect(await hashNetwork({ ...joined, nodes })).not.toBe(await hashNetwork(joined));
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

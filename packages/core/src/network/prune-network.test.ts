import { expect, test } from 'vitest';
import { networkBuilder } from '../testing/network-builder.js';
import { parameterCount } from './parameter-count.js';
import { pruneNetwork } from './prune-network.js';

test('dead nodes and their weights go, the input stays', () => {
  const builder = networkBuilder([4, 4, 2]);
  const wanted = builder.conv(builder.input, 3);
  builder.dense(builder.globalPool(wanted), 7);
  const pruned = pruneNetwork(builder.finish(wanted));
  expect(pruned.nodes.map(({ name }) => name)).toEqual([builder.input, wanted]);
  expect([...pruned.weights.keys()]).toEqual(['1/kernel', '1/bias']);
  expect(parameterCount(pruned)).toBe(3 * 3 * 2 * 3 + 3);
});

import type { Network, Weight } from '../network/network.js';
import { nodeWeights } from '../network/node-weights.js';
import { sizeOf } from '../network/size-of.js';
import { seededValues } from './seeded-values.js';

/** Bounds of uniform values under which activations neither vanish nor explode over many layers (He et al. 2015). */
const boundsOf = (role: string, op: string, { shape }: Weight): readonly [low: number, high: number] => {
  if (role === 'gamma') return [0.6, 1.2];
  if (role === 'variance') return [0.5, 1.5];
  if (role !== 'kernel') return [-0.3, 0.3];
  const fanIn = op === 'depthwise-conv2d' ? shape[0]! * shape[1]! : sizeOf(shape.slice(0, -1));
  const bound = Math.sqrt(6 / fanIn);
  return [-bound, bound];
};

/** The network with seeded weights that keep its values in the range that training leaves them in. */
export const trainedLikeWeights = (network: Network, seed = 1): Network => {
  const entries = network.nodes.flatMap((node) =>
    nodeWeights(node).map(({ name, role }) => ({ name, role, op: node.op })),
  );
  const weights = entries.map(({ name, role, op }, index): [string, Weight] => {
    const weight = network.weights.get(name)!;
    const data = seededValues(weight.data.length, seed + index, ...boundsOf(role, op, weight));
    return [name, { shape: weight.shape, data }];
  });
  return { ...network, weights: new Map(weights) };
};

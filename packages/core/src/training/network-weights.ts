import type { Network, Weight } from '../network/network.js';
import { pruneNetwork } from '../network/prune-network.js';

/** Weights by name that differ from those of the network they belong to. */
export type WeightMap = ReadonlyMap<string, Weight>;

/** The network with some of its weights replaced. */
export const withWeights = (network: Network, weights: WeightMap = new Map()): Network => ({
  ...network,
  weights: new Map(
    [...network.weights].map(([name, weight]) => [name, weights.get(name) ?? weight] as const),
  ),
});

/** A classifier up to what its softmax takes. */
export const logitsNetwork = (network: Network): Network => {
  const softmax = network.nodes.find(({ name }) => name === network.output)!;
  return pruneNetwork({ ...network, output: softmax.inputs[0]! });
};

import type { Network } from './network.js';
import { nodeWeights } from './node-weights.js';

/**
 * The network without the nodes and weights that its output doesn't depend on; the input node always stays.
 *
 * @example pruneNetwork({ ...network, output: 'features' });
 */
export const pruneNetwork = (network: Network): Network => {
  const needed = new Set([network.output]);
  for (const node of network.nodes.toReversed()) {
    if (needed.has(node.name)) for (const name of node.inputs) needed.add(name);
  }
  const nodes = network.nodes.filter(({ name, op }) => op === 'input' || needed.has(name));
  const used = new Set(nodes.flatMap((node) => nodeWeights(node).map(({ name }) => name)));
  return {
    ...network,
    nodes,
    weights: new Map([...network.weights].filter(([name]) => used.has(name))),
  };
};

import { RegraftError } from '@regraft/errors';
import { findBoundaries } from './find-boundaries.js';
import { inferShapes } from './infer-shapes.js';
import type { Network } from './network.js';
import { pruneNetwork } from './prune-network.js';

/**
 * Cuts a network at a node that every path goes through. The trunk ends in that node; the tail starts with an
 * input node of the same name and shape, so `composeNetworks(trunk, tail)` is the network again.
 * Throws `network-invalid` for a node that branches go around.
 *
 * @example const { trunk, tail } = cutNetwork(network, findBlocks(network)[13].output);
 */
export const cutNetwork = (network: Network, nodeName: string): { trunk: Network; tail: Network } => {
  const boundaries = findBoundaries(network);
  if (!boundaries.includes(nodeName)) {
    throw new RegraftError({
      code: 'network-invalid',
      message: `A network can only be cut at a node that every path goes through. Received: "${nodeName}" of network "${network.name}".`,
      hint: 'Cut at the output of a block.',
      details: { node: nodeName, boundaries },
    });
  }
  const shape = inferShapes(network).get(nodeName)!;
  const position = network.nodes.findIndex(({ name }) => name === nodeName);
  const trunk = pruneNetwork({ ...network, output: nodeName });
  const above = network.nodes.slice(position + 1).filter(({ op }) => op !== 'input');
  const tail = pruneNetwork({
    ...network,
    nodes: [{ op: 'input', name: nodeName, inputs: [], shape }, ...above],
  });
  return { trunk, tail };
};

import type { Network } from './network.js';
import { pruneNetwork } from './prune-network.js';

/**
 * The nodes that every path from input to output goes through, in order, the input and the output among them:
 * the only places where one tensor separates what is below from what is above.
 *
 * @example findBoundaries(network) // ['input', 'conv1', 'conv1_relu', 'block_1_add', ...]
 */
export const findBoundaries = (network: Network): string[] => {
  const { nodes } = pruneNetwork(network);
  const position = new Map(nodes.map(({ name }, index) => [name, index]));
  const lastUse = nodes.map((_, index) => index);
  nodes.forEach((node, index) => {
    for (const name of node.inputs) lastUse[position.get(name)!] = index;
  });
  const boundaries: string[] = [];
  let reach = 0;
  nodes.forEach(({ name }, index) => {
    if (reach <= index) boundaries.push(name);
    reach = Math.max(reach, lastUse[index]!);
  });
  return boundaries;
};

import { inferShapes } from '../network/infer-shapes.js';
import type { Network, NetworkNode, Shape, Weight } from '../network/network.js';
import { pruneNetwork } from '../network/prune-network.js';
import { validateNetwork } from '../network/validate-network.js';
import { unsupported } from './format-errors.js';
import { uniqueNames } from './unique-names.js';

/** A network under construction, as readers write it. */
export interface NetworkDraft {
  /** Appends a node and returns its name, which a clash makes `name_1`, `name_2`, … */
  add(node: NetworkNode): string;
  addWeight(name: string, weight: Weight): void;
  /** The shape of an appended node's value. */
  shapeOf(node: string): Shape;
  /** The network that ends in `output`, pruned and validated. */
  finish(output: string): Network;
}

const mostNodes = 10_000;

/** Starts an empty network of this name. */
export const draftNetwork = (name: string): NetworkDraft => {
  const nodes: NetworkNode[] = [];
  const uniqueName = uniqueNames();
  const weights = new Map<string, Weight>();
  const network = (output: string): Network => ({ name, nodes, output, weights });
  return {
    add: (node) => {
      if (nodes.length === mostNodes) {
        throw unsupported(
          `A network may have ${mostNodes} nodes. Received: more in "${name}".`,
          'The file nests models that repeat each other without end; export a plain model.',
        );
      }
      if (node.op === 'input' && nodes.some(({ op }) => op === 'input')) {
        throw unsupported(
          `A network takes one image. Received: a second input "${node.name}" in "${name}"`,
          'Export a model with one input.',
        );
      }
      const unique = uniqueName(node.name);
      nodes.push({ ...node, name: unique });
      return unique;
    },
    addWeight: (weightName, weight) => void weights.set(weightName, weight),
    shapeOf: (node) => inferShapes(network(node)).get(node)!,
    finish: (output) => {
      const pruned = pruneNetwork(network(output));
      validateNetwork(pruned);
      return pruned;
    },
  };
};

import type { Unit } from './find-units.js';
import type { Network, NetworkNode, Shape } from './network.js';

const isVector = (shape: Shape): boolean => shape.length === 1 || (shape[0] === 1 && shape[1] === 1);

/** Convolutions that look at more than one pixel make features, wherever they stand. */
const looksAround = (node: NetworkNode, weights: Network['weights']): boolean => {
  if (node.op === 'depthwise-conv2d') return true;
  if (node.op !== 'conv2d') return false;
  const [height, width] = weights.get(node.kernel)!.shape;
  return height! > 1 || width! > 1;
};

const collapseOps = new Set(['dense', 'flatten', 'global-average-pool', 'global-max-pool', 'reshape']);

const isClassifier = (node: NetworkNode): boolean =>
  node.op === 'dense' || (node.op === 'activation' && node.kind === 'softmax');

/**
 * The index of the unit where the classifier starts: the global pool, flatten or dense from which on everything
 * works on one vector and a dense or softmax follows. `units.length` when there is no classifier.
 */
export const findHead = (units: readonly Unit[], weights: Network['weights']): number => {
  const collapses = (index: number): boolean => {
    const { nodes, kind } = units[index]!;
    const output = units[index + 1]?.input;
    return collapseOps.has(nodes.at(-1)!.op) || (kind === 'pool' && output !== undefined && isVector(output));
  };
  let first = units.length;
  const belongs = ({ input, nodes }: Unit): boolean =>
    isVector(input) && !nodes.some((node) => looksAround(node, weights));
  while (first > 0 && belongs(units[first - 1]!)) first--;
  if (first > 0 && collapses(first - 1)) first--;
  while (first < units.length && !collapses(first)) first++;
  const classifies = units.slice(first).some(({ nodes }) => nodes.some(isClassifier));
  return classifies ? first : units.length;
};

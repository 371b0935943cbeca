import { RegraftError } from '@regraft/errors';
import { uniqueNames } from '../formats/unique-names.js';
import { cutNetwork } from '../network/cut-network.js';
import { findBoundaries } from '../network/find-boundaries.js';
import { inferShapes } from '../network/infer-shapes.js';
import type { GlobalPoolNode, Network, NetworkNode, Shape } from '../network/network.js';
import { formatShape } from '../network/network-error.js';

export interface SplitNetwork {
  /** Ends in pooled features `[channels]`. */
  readonly features: Network;
  /** From pooled features on; absent where there is none, or none that pooled features fit. */
  readonly classifier?: Network;
  readonly warnings: readonly string[];
}

const isMap = (shape: Shape): boolean => shape.length === 3 && shape[0]! * shape[1]! > 1;

const globalPoolOps = {
  'average-pool': 'global-average-pool',
  'global-average-pool': 'global-average-pool',
  'global-max-pool': 'global-max-pool',
  'max-pool': 'global-max-pool',
} as const;

/** The global pool that a node is, or that a window over the whole map amounts to. */
const asGlobalPool = (node: NetworkNode, input: Shape, output: Shape): GlobalPoolNode | undefined => {
  const { name, inputs } = node;
  switch (node.op) {
    case 'global-average-pool':
    case 'global-max-pool':
      return { ...node, keepDims: false };
    case 'average-pool':
    case 'max-pool': {
      const isWhole =
        isMap(input) && !isMap(output) && node.size[0] >= input[0]! && node.size[1] >= input[1]!;
      return isWhole ? { op: globalPoolOps[node.op], name, inputs, keepDims: false } : undefined;
    }
    default:
      return undefined;
  }
};

/** The wanted name, or one like it that no node has. */
const freeName = ({ nodes }: Network, wanted: string): string => {
  const unique = uniqueNames();
  for (const { name } of nodes) unique(name);
  return unique(wanted);
};

/** Appends a global average pool to a network that ends in a feature map. */
const poolMap = (network: Network): Network => {
  const name = freeName(network, 'global_average_pool');
  const pool: NetworkNode = { op: 'global-average-pool', name, inputs: [network.output], keepDims: false };
  return { ...network, nodes: [...network.nodes, pool], output: name };
};

/** A tail that takes `[1, 1, channels]`, made to take `[channels]`. */
const takeVector = (tail: Network, channels: number): Network => {
  const [input, ...nodes] = tail.nodes;
  const vector = freeName(tail, 'pooled');
  return {
    ...tail,
    nodes: [
      { op: 'input', name: vector, inputs: [], shape: [channels] },
      { op: 'reshape', name: input!.name, inputs: [vector], shape: [1, 1, channels] },
      ...nodes,
    ],
  };
};

const splitAtPool = (network: Network, pool: GlobalPoolNode, output: Shape): SplitNetwork => {
  const { trunk, tail } = cutNetwork(network, pool.name);
  const features = { ...trunk, nodes: trunk.nodes.map((node) => (node.name === pool.name ? pool : node)) };
  if (tail.weights.size === 0) return { features, warnings: [] };
  const classifier = output.length === 3 ? takeVector(tail, output[2]!) : tail;
  return { features, classifier, warnings: [] };
};

/**
 * Splits a network where its feature map becomes one vector: at the last pool over the whole map that every path
 * goes through. A map that is flattened without a pool, or that is the network's output, is pooled by its average;
 * a classifier over a flattened map is left out, with a warning. Throws `weights-unsupported` where there is no map.
 *
 * @example const { features, classifier } = splitClassifier(network);
 */
export const splitClassifier = (network: Network): SplitNetwork => {
  const shapes = inferShapes(network);
  const boundaries = new Set(findBoundaries(network));
  const outputShape = shapes.get(network.output)!;
  if (outputShape.length === 3) return { features: poolMap(network), warnings: [] };
  for (const node of network.nodes.toReversed()) {
    const input = node.inputs.length === 1 ? shapes.get(node.inputs[0]!)! : [];
    if (!boundaries.has(node.name)) continue;
    const pool = asGlobalPool(node, input, shapes.get(node.name)!);
    if (pool !== undefined) return splitAtPool(network, pool, shapes.get(node.name)!);
    const flattens = node.op === 'flatten' || node.op === 'reshape';
    if (flattens && isMap(input) && boundaries.has(node.inputs[0]!)) {
      const { trunk } = cutNetwork(network, node.inputs[0]!);
      const warning = `The classifier works on a flattened ${formatShape(input)} map; it is left out, and the map is averaged.`;
      return { features: poolMap(trunk), warnings: [warning] };
    }
  }
  throw new RegraftError({
    code: 'weights-unsupported',
    message: `A backbone must make a feature map [height, width, channels]. Received: a network that ends in ${formatShape(outputShape)} without one`,
    hint: 'Use an image network with convolutions.',
  });
};

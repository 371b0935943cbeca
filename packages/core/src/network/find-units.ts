import { findBoundaries } from './find-boundaries.js';
import { inferShapes } from './infer-shapes.js';
import type { Network, NetworkNode, Shape } from './network.js';
import { nodeWeights } from './node-weights.js';
import { pruneNetwork } from './prune-network.js';

/**
 * `residual`: branches with weights that meet in one tensor. `depthwise`, `pointwise` (1x1, stride 1) and `conv`
 * (any other weighted node): one node each. `pool`: a window pool. `glue`: everything that has no say of its own in
 * where a block ends, squeeze-and-excitation included.
 */
export type UnitKind = 'conv' | 'depthwise' | 'glue' | 'pointwise' | 'pool' | 'residual';

/** Nodes between two boundaries that belong together; a zero-pad goes with what it pads for. */
export interface Unit {
  readonly kind: UnitKind;
  readonly nodes: readonly NetworkNode[];
  /** True for a convolution that moves by more than a pixel. */
  readonly strided: boolean;
  readonly input: Shape;
}

const hasWeights = (nodes: readonly NetworkNode[]): boolean =>
  nodes.some((node) => node.op !== 'batch-norm' && nodeWeights(node).length > 0);

const nodeKind = (node: NetworkNode, weights: Network['weights']): UnitKind => {
  switch (node.op) {
    case 'depthwise-conv2d':
      return 'depthwise';
    case 'conv2d': {
      const [height, width] = weights.get(node.kernel)!.shape;
      const moves = Math.max(...node.strides) > 1;
      return height === 1 && width === 1 && !moves ? 'pointwise' : 'conv';
    }
    case 'average-pool':
    case 'max-pool':
      return 'pool';
    default:
      return hasWeights([node]) ? 'conv' : 'glue';
  }
};

const isStrided = (node: NetworkNode): boolean =>
  (node.op === 'conv2d' || node.op === 'depthwise-conv2d') && Math.max(...node.strides) > 1;

/** The network's live nodes as a chain of units, in order. */
export const findUnits = (network: Network): Unit[] => {
  const { nodes, weights } = pruneNetwork(network);
  const shapes = inferShapes(network);
  const boundaries = new Set(findBoundaries(network));
  const units: Unit[] = [];
  let open: NetworkNode[] = [];
  let input: Shape = shapes.get(nodes[0]!.name)!;
  const close = (kind: UnitKind): void => {
    const last = open.at(-1)!;
    units.push({ kind, nodes: open, strided: kind !== 'residual' && isStrided(last), input });
    input = shapes.get(last.name)!;
    open = [];
  };
  let branching = 0;
  for (const node of nodes) {
    open.push(node);
    if (!boundaries.has(node.name)) branching++;
    else if (branching > 0) {
      close(node.op !== 'multiply' && hasWeights(open) ? 'residual' : 'glue');
      branching = 0;
    } else if (node.op !== 'zero-pad') close(nodeKind(node, weights));
  }
  if (open.length > 0) close('glue');
  return units;
};

import type { Shape } from '../network/network.js';
import { nodeWeights } from '../network/node-weights.js';
import type { Blueprint } from './blueprint.js';
import { type Dialect, originName } from './dialect.js';
import { weightOrigin } from './weight-convention.js';

/** Where one weight of a network comes from in a state dict. */
export interface WeightRule {
  readonly from: string;
  readonly to: string;
  /** The layer it belongs to. */
  readonly layer: string;
  readonly role: string;
  /** The shape in the network. */
  readonly shape: Shape;
  /** Axis i of the network's weight is axis `permutation[i]` of the state dict's. */
  readonly permutation: readonly number[];
}

/** All weights of a blueprint and what a dialect calls them, in the order of the layers. */
export const weightRules = ({ nodes, shapes }: Blueprint, dialect: Dialect): WeightRule[] =>
  nodes.flatMap((node) =>
    nodeWeights(node).map(({ role, name }): WeightRule => {
      const shape = shapes.get(name)!;
      const { permutation = shape.map((_, axis) => axis) } = weightOrigin(dialect.convention, node.op, role);
      return { from: originName(dialect, node, role), to: name, layer: node.name, role, shape, permutation };
    }),
  );

/** The shape that a rule's weight has in the state dict. */
export const originShape = ({ shape, permutation }: WeightRule): Shape =>
  permutation.map((_, axis) => shape[permutation.indexOf(axis)]!);

import type { Network, NetworkNode, Shape, Weight } from '../network/network.js';
import { nodeWeights } from '../network/node-weights.js';
import { sizeOf } from '../network/size-of.js';

/** A network whose weights have shapes, but no values yet. */
export interface Blueprint {
  readonly name: string;
  readonly nodes: readonly NetworkNode[];
  readonly output: string;
  readonly shapes: ReadonlyMap<string, Shape>;
}

/** A weight before training: scales and variances are 1, everything else is 0. */
export const blankWeight = (shape: Shape, role: string): Weight => ({
  shape,
  data: new Float32Array(sizeOf(shape)).fill(role === 'gamma' || role === 'variance' ? 1 : 0),
});

/** The blueprint as a network of blank weights. */
export const blankNetwork = ({ name, nodes, output, shapes }: Blueprint): Network => ({
  name,
  nodes,
  output,
  weights: new Map(
    nodes
      .flatMap(nodeWeights)
      .map((weight) => [weight.name, blankWeight(shapes.get(weight.name)!, weight.role)]),
  ),
});

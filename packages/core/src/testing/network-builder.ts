import { inferShapes } from '../network/infer-shapes.js';
import type {
  ActivationKind,
  Network,
  NetworkNode,
  Padding,
  Pair,
  Shape,
  Weight,
} from '../network/network.js';
import { sizeOf } from '../network/size-of.js';
import { seededValues } from './seeded-values.js';

export interface WindowOptions {
  readonly kernel?: Pair;
  readonly strides?: Pair;
  readonly dilations?: Pair;
  readonly padding?: Padding;
}

export interface ConvolutionOptions extends WindowOptions {
  readonly bias?: boolean;
}

/** A node without its name: the builder gives it one. */
export type NodeSketch = NetworkNode extends infer Node
  ? Node extends NetworkNode
    ? Omit<Node, 'name'>
    : never
  : never;

/** Builds small networks for tests: every method adds a node with seeded weights and gives its name. */
export const networkBuilder = (inputShape: Shape, seed = 1, prefix = '') => {
  const nodes: NetworkNode[] = [];
  const weights = new Map<string, Weight>();

  const shapes = new Map<string, Shape>();

  const shapeOf = (name: string): Shape => shapes.get(name)!;
  const node = (sketch: NodeSketch): string => {
    const name = `${prefix}${sketch.op}-${nodes.length}`;
    const added = { ...sketch, name } as NetworkNode;
    const inputs = added.inputs.map(
      (input): NetworkNode => ({ op: 'input', name: input, inputs: [], shape: shapeOf(input) }),
    );
    const alone = { name, nodes: [...inputs, added], output: name, weights };
    shapes.set(name, inferShapes(alone).get(name)!);
    nodes.push(added);
    return name;
  };
  const finish = (output: string): Network => ({ name: 'test', nodes, output, weights });
  const weight = (role: string, shape: Shape, low: number, high: number): string => {
    const name = `${prefix}${nodes.length}/${role}`;
    weights.set(name, { shape, data: seededValues(sizeOf(shape), seed * 1000 + weights.size, low, high) });
    return name;
  };
  const kernel = (shape: Shape, fanIn: number): string => {
    const limit = Math.sqrt(3 / fanIn);
    return weight('kernel', shape, -limit, limit);
  };
  const bias = (channels: number, wanted: boolean | undefined): { bias?: string } =>
    wanted === false ? {} : { bias: weight('bias', [channels], -0.5, 0.5) };
  const windowOf = ({ strides = [1, 1], dilations = [1, 1], padding = 'same' }: WindowOptions) => ({
    strides,
    dilations,
    padding,
  });

  const input = node({ op: 'input', inputs: [], shape: inputShape });
  return {
    input,
    node,
    finish,
    shapeOf,
    weight,
    conv: (from: string, channels: number, options: ConvolutionOptions = {}): string => {
      const [height, width] = options.kernel ?? [3, 3];
      const taken = shapeOf(from)[2]!;
      return node({
        op: 'conv2d',
        inputs: [from],
        kernel: kernel([height, width, taken, channels], height * width * taken),
        ...bias(channels, options.bias),
        ...windowOf(options),
      });
    },
    depthwise: (from: string, options: ConvolutionOptions & { multiplier?: number } = {}): string => {
      const [height, width] = options.kernel ?? [3, 3];
      const taken = shapeOf(from)[2]!;
      const multiplier = options.multiplier ?? 1;
      return node({
        op: 'depthwise-conv2d',
        inputs: [from],
        kernel: kernel([height, width, taken, multiplier], height * width),
        ...bias(taken * multiplier, options.bias),
        ...windowOf(options),
      });
    },
    dense: (from: string, units: number, options: { bias?: boolean } = {}): string => {
      const taken = shapeOf(from)[0]!;
      return node({
        op: 'dense',
        inputs: [from],
        kernel: kernel([taken, units], taken),
        ...bias(units, options.bias),
      });
    },
    batchNorm: (from: string, options: { gamma?: boolean; beta?: boolean } = {}): string => {
      const channels = [shapeOf(from).at(-1)!];
      return node({
        op: 'batch-norm',
        inputs: [from],
        ...(options.gamma === false ? {} : { gamma: weight('gamma', channels, 0.5, 1.5) }),
        ...(options.beta === false ? {} : { beta: weight('beta', channels, -0.5, 0.5) }),
        mean: weight('mean', channels, -0.5, 0.5),
        variance: weight('variance', channels, 0.5, 2),
        epsilon: 1e-3,
      });
    },
    activation: (from: string, kind: ActivationKind = 'relu6', alpha?: number): string =>
      node({ op: 'activation', inputs: [from], kind, ...(alpha === undefined ? {} : { alpha }) }),
    pool: (
      op: 'max-pool' | 'average-pool',
      from: string,
      { kernel: size = [2, 2], strides = [2, 2], padding = 'same' }: WindowOptions = {},
    ): string => node({ op, inputs: [from], size, strides, padding }),
    globalPool: (from: string, keepDims = false): string =>
      node({ op: 'global-average-pool', inputs: [from], keepDims }),
    merge: (op: 'add' | 'multiply' | 'concatenate', ...inputs: string[]): string => node({ op, inputs }),
  };
};

export type NetworkBuilder = ReturnType<typeof networkBuilder>;

import type {
  AddNode,
  Conv2dNode,
  DepthwiseConv2dNode,
  GlobalPoolNode,
  MultiplyNode,
  Network,
  NetworkNode,
  PoolNode,
  Shape,
} from './network.js';
import { formatShape, networkError } from './network-error.js';
import { callOp, type OpTable } from './op-table.js';
import { sizeOf } from './size-of.js';
import { type Window, windowGeometry } from './window-geometry.js';

type Weights = Network['weights'];

const kernelShape = (node: NetworkNode & { kernel: string }, weights: Weights, rank: number): Shape => {
  const shape = weights.get(node.kernel)?.shape;
  if (shape === undefined)
    throw networkError(node, 'Its kernel must be among the weights.', `no "${node.kernel}"`);
  if (shape.length !== rank) {
    throw networkError(node, `Its kernel must have ${rank} dimensions.`, formatShape(shape));
  }
  return shape;
};

const requireImage = (node: NetworkNode, shape: Shape): Shape => {
  if (shape.length !== 3)
    throw networkError(node, 'Its input must be [height, width, channels].', formatShape(shape));
  return shape;
};

const slide = (node: NetworkNode, input: Shape, window: Window): [number, number] => {
  const [height, width] = windowGeometry([input[0]!, input[1]!], window).output;
  if (height < 1 || width < 1) {
    throw networkError(node, `Its ${window.size.join(' x ')} window must fit the input.`, formatShape(input));
  }
  return [height, width];
};

const convolve = (
  node: Conv2dNode | DepthwiseConv2dNode,
  [input]: readonly Shape[],
  weights: Weights,
): { spatial: [number, number]; kernel: Shape } => {
  const image = requireImage(node, input!);
  const kernel = kernelShape(node, weights, 4);
  if (kernel[2] !== image[2]) {
    throw networkError(
      node,
      `Its kernel ${formatShape(kernel)} must take the channels it gets.`,
      formatShape(image),
    );
  }
  if (Math.max(...node.strides) > 1 && Math.max(...node.dilations) > 1) {
    throw networkError(
      node,
      'Strides and dilations must not both exceed 1.',
      `strides ${formatShape(node.strides)}, dilations ${formatShape(node.dilations)}`,
    );
  }
  const spatial = slide(node, image, { ...node, size: [kernel[0]!, kernel[1]!] });
  return { spatial, kernel };
};

const pool = (node: PoolNode, [input]: readonly Shape[]): Shape => {
  const image = requireImage(node, input!);
  if (typeof node.padding === 'object') {
    const { top, bottom, left, right } = node.padding;
    if (Math.max(top, bottom) >= node.size[0] || Math.max(left, right) >= node.size[1]) {
      throw networkError(
        node,
        'Its padding must be smaller than its window.',
        JSON.stringify({ size: node.size, padding: node.padding }),
      );
    }
  }
  return [...slide(node, image, node), image[2]!];
};

const globalPool = (node: GlobalPoolNode, [input]: readonly Shape[]): Shape => {
  const channels = requireImage(node, input!)[2]!;
  return node.keepDims ? [1, 1, channels] : [channels];
};

const isSpread = (shape: Shape, over: Shape): boolean =>
  shape.length === 3 && shape[0] === 1 && shape[1] === 1 && shape[2] === over.at(-1);

const elementWise = (node: AddNode | MultiplyNode, inputs: readonly Shape[]): Shape => {
  const widest = inputs.reduce((a, b) => (sizeOf(b) > sizeOf(a) ? b : a));
  if (
    !inputs.every((shape) => sameShape(shape, widest) || (widest.length === 3 && isSpread(shape, widest)))
  ) {
    throw networkError(
      node,
      'Its inputs must have one shape, or [1, 1, channels].',
      inputs.map(formatShape).join(', '),
    );
  }
  return widest;
};

const sameShape = (a: Shape, b: Shape): boolean => formatShape(a) === formatShape(b);

const keep = (_node: NetworkNode, [input]: readonly Shape[]): Shape => input!;

const shapeRules: OpTable<[inputs: readonly Shape[], weights: Weights], Shape> = {
  activation: keep,
  add: elementWise,
  'average-pool': pool,
  'batch-norm': keep,
  concatenate: (node, inputs) => {
    const spatial = inputs[0]!.slice(0, -1);
    if (!inputs.every((shape) => sameShape(shape.slice(0, -1), spatial))) {
      throw networkError(
        node,
        'Its inputs must differ in channels only.',
        inputs.map(formatShape).join(', '),
      );
    }
    return [...spatial, inputs.reduce((sum, shape) => sum + shape.at(-1)!, 0)];
  },
  conv2d: (node, inputs, weights) => {
    const { spatial, kernel } = convolve(node, inputs, weights);
    return [...spatial, kernel[3]!];
  },
  dense: (node, [input], weights) => {
    const [from, to] = kernelShape(node, weights, 2);
    if (input!.length !== 1 || input![0] !== from) {
      throw networkError(node, `Its input must be [${from}].`, formatShape(input!));
    }
    return [to!];
  },
  'depthwise-conv2d': (node, inputs, weights) => {
    const { spatial, kernel } = convolve(node, inputs, weights);
    return [...spatial, kernel[2]! * kernel[3]!];
  },
  dropout: keep,
  flatten: (_node, [input]) => [sizeOf(input!)],
  'global-average-pool': globalPool,
  'global-max-pool': globalPool,
  input: (node) => node.shape,
  'max-pool': pool,
  multiply: elementWise,
  opaque: (node) => node.outputShape,
  rescale: (node, [input]) => {
    const channels = input!.at(-1);
    for (const values of [node.scale, node.offset]) {
      if (values.length !== 1 && values.length !== channels) {
        throw networkError(node, `It must hold 1 or ${channels} numbers.`, String(values.length));
      }
    }
    return input!;
  },
  reshape: (node, [input]) => {
    if (sizeOf(node.shape) !== sizeOf(input!)) {
      throw networkError(
        node,
        `${formatShape(node.shape)} must hold as many values as its input.`,
        formatShape(input!),
      );
    }
    return node.shape;
  },
  'zero-pad': (node, [input]) => {
    const [height, width, channels] = requireImage(node, input!);
    const { top, bottom, left, right } = node.padding;
    return [height! + top + bottom, width! + left + right, channels!];
  },
};

/**
 * The shape of every node's value, without the batch dimension, by node name in topological order.
 * Throws `network-invalid` naming the first node whose inputs don't fit it.
 *
 * @example inferShapes(network).get('block_1_add') // [56, 56, 24]
 */
export const inferShapes = (network: Network): ReadonlyMap<string, Shape> => {
  const shapes = new Map<string, Shape>();
  for (const node of network.nodes) {
    const inputs = node.inputs.map((name) => {
      const shape = shapes.get(name);
      if (shape === undefined)
        throw networkError(node, 'Every input must be a node that stands before it.', `"${name}"`);
      return shape;
    });
    if (inputs.length === 0 && node.op !== 'input')
      throw networkError(node, 'It must have an input.', 'none');
    shapes.set(node.name, callOp(shapeRules, node, inputs, network.weights));
  }
  return shapes;
};

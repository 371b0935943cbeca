import { RegraftError } from '@regraft/errors';
import type {
  AddNode,
  Conv2dNode,
  DepthwiseConv2dNode,
  ExplicitPadding,
  GlobalPoolNode,
  MultiplyNode,
  Network,
  OpName,
  PoolNode,
  Shape,
  Weight,
} from '../network/network.js';
import type { OpTable } from '../network/op-table.js';
import { permuteWeight } from '../network/permute-weight.js';
import { windowGeometry } from '../network/window-geometry.js';
import { addOnnxActivation } from './onnx-activations.js';
import type { OnnxGraph } from './onnx-graph.js';

const largestFloat = 3.4028234663852886e38;

/** Images are NCHW inside the graph; `shapes` are the network's own, `[height, width, channels]`. */
export interface OnnxContext {
  readonly graph: OnnxGraph;
  readonly inputs: readonly string[];
  readonly inputShape: Shape;
  readonly weights: Network['weights'];
}

const addWeight = ({ graph }: OnnxContext, { shape, data }: Weight): string => graph.floats(data, shape);

const pads = ({ top, bottom, left, right }: ExplicitPadding): number[] => [top, left, bottom, right];

const convolve = (
  node: Conv2dNode | DepthwiseConv2dNode,
  context: OnnxContext,
  kernel: Weight,
  group: number,
): string => {
  const [height, width] = kernel.shape.slice(2) as [number, number];
  const [rows, columns] = context.inputShape as [number, number, number];
  const { padding } = windowGeometry([rows, columns], { ...node, size: [height, width] });
  const bias = node.bias === undefined ? [] : [addWeight(context, context.weights.get(node.bias)!)];
  return context.graph.add('Conv', [context.inputs[0]!, addWeight(context, kernel), ...bias], {
    kernel_shape: [height, width],
    strides: node.strides,
    dilations: node.dilations,
    pads: pads(padding),
    group,
  });
};

const depthwiseKernel = (kernel: Weight): Weight => {
  const { shape, data } = permuteWeight(kernel, [2, 3, 0, 1]);
  const [channels, multiplier, height, width] = shape as [number, number, number, number];
  return { shape: [channels * multiplier, 1, height, width], data };
};

const pool = (node: PoolNode, { graph, inputs, inputShape }: OnnxContext, operator: string): string => {
  const { padding } = windowGeometry([inputShape[0]!, inputShape[1]!], node);
  return graph.add(operator, inputs, { kernel_shape: node.size, strides: node.strides, pads: pads(padding) });
};

const globalPool = (node: GlobalPoolNode, { graph, inputs }: OnnxContext, operator: string): string => {
  const pooled = graph.add(operator, inputs);
  return node.keepDims ? pooled : graph.add('Flatten', [pooled]);
};

const accumulate = (
  _node: AddNode | MultiplyNode,
  { graph, inputs }: OnnxContext,
  operator: string,
): string => inputs.slice(1).reduce((a, b) => graph.add(operator, [a, b]), inputs[0]!);

/** `[c]` constants shaped to broadcast over a value inside the graph. */
const channelConstant = ({ graph, inputShape }: OnnxContext, values: readonly number[]): string =>
  graph.floats(Float32Array.from(values), inputShape.length === 3 ? [values.length, 1, 1] : [values.length]);

export const toNhwc = (graph: OnnxGraph, value: string, output?: string): string =>
  graph.add('Transpose', [value], { perm: [0, 2, 3, 1] }, output);

export const toNchw = (graph: OnnxGraph, value: string): string =>
  graph.add('Transpose', [value], { perm: [0, 3, 1, 2] });

/** A value in the network's own order of axes, for ops that look at it. */
const inOwnOrder = ({ graph, inputs, inputShape }: OnnxContext): string =>
  inputShape.length === 3 ? toNhwc(graph, inputs[0]!) : inputs[0]!;

export const onnxTable: OpTable<[context: OnnxContext], string> = {
  activation: (node, context) => addOnnxActivation(node, context.graph, context.inputs[0]!),
  add: (node, context) => accumulate(node, context, 'Add'),
  'average-pool': (node, context) => pool(node, context, 'AveragePool'),
  'batch-norm': (node, context) => {
    const { graph, inputs, inputShape, weights } = context;
    const channels = inputShape.at(-1)!;
    const vector = (name: string | undefined, missing: number): string =>
      addWeight(
        context,
        name === undefined
          ? { shape: [channels], data: new Float32Array(channels).fill(missing) }
          : weights.get(name)!,
      );
    const statistics = [
      vector(node.gamma, 1),
      vector(node.beta, 0),
      vector(node.mean, 0),
      vector(node.variance, 1),
    ];
    return graph.add('BatchNormalization', [inputs[0]!, ...statistics], { epsilon: { float: node.epsilon } });
  },
  concatenate: (_node, { graph, inputs }) => graph.add('Concat', inputs, { axis: 1 }),
  conv2d: (node, context) =>
    convolve(node, context, permuteWeight(context.weights.get(node.kernel)!, [3, 2, 0, 1]), 1),
  dense: (node, context) => {
    const bias = node.bias === undefined ? [] : [addWeight(context, context.weights.get(node.bias)!)];
    return context.graph.add('Gemm', [
      context.inputs[0]!,
      addWeight(context, context.weights.get(node.kernel)!),
      ...bias,
    ]);
  },
  'depthwise-conv2d': (node, context) =>
    convolve(node, context, depthwiseKernel(context.weights.get(node.kernel)!), context.inputShape[2]!),
  dropout: (_node, { inputs }) => inputs[0]!,
  flatten: (_node, context) => context.graph.add('Flatten', [inOwnOrder(context)]),
  'global-average-pool': (node, context) => globalPool(node, context, 'GlobalAveragePool'),
  'global-max-pool': (node, context) => globalPool(node, context, 'GlobalMaxPool'),
  input: (_node, { inputs }) => inputs[0]!,
  'max-pool': (node, context) => pool(node, context, 'MaxPool'),
  multiply: (node, context) => accumulate(node, context, 'Mul'),
  opaque: (node) => {
    throw new RegraftError({
      code: 'weights-unsupported',
      message: `A network written as ONNX can't hold layers that only tfjs-layers can execute. Received: layer "${node.name}" of class ${node.className}`,
      hint: 'Run this network with tfjs.',
      details: { layer: node.name, className: node.className },
    });
  },
  rescale: (node, context) => {
    const scaled = context.graph.add('Mul', [context.inputs[0]!, channelConstant(context, node.scale)]);
    return context.graph.add('Add', [scaled, channelConstant(context, node.offset)]);
  },
  reshape: (node, context) => {
    const { graph } = context;
    const reshaped = graph.add('Reshape', [inOwnOrder(context), graph.integers([-1, ...node.shape])]);
    return node.shape.length === 3 ? toNchw(graph, reshaped) : reshaped;
  },
  'zero-pad': ({ padding: { top, bottom, left, right } }, { graph, inputs }) => {
    const padded = graph.add('Pad', [inputs[0]!, graph.integers([0, 0, top, left, 0, 0, bottom, right])]);
    // onnxruntime 1.30 merges a Pad into a MaxPool behind it as if it padded with -infinity: Clip keeps them apart.
    return graph.add('Clip', [padded, graph.floats(Float32Array.of(-largestFloat), [])]);
  },
};

/** The ops `networkToOnnx` can write; opaque layers are refused by name. */
export const onnxOps = (Object.keys(onnxTable) as OpName[]).filter((op) => op !== 'opaque');

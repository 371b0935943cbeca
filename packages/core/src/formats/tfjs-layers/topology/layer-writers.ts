import type {
  BatchNormNode,
  Conv2dNode,
  DepthwiseConv2dNode,
  ExplicitPadding,
  FlattenNode,
  GlobalPoolNode,
  OpaqueNode,
  Padding,
  RescaleNode,
  Weight,
} from '../../../network/network.js';
import type { OpTable } from '../../../network/op-table.js';
import { unsupported } from '../../format-errors.js';
import { describeTfjsLayer } from '../../keras/tfjs-layer.js';
import { writeActivation } from './activation-writer.js';
import type { WriterContext } from './layers-topology.js';
import { writePool } from './pool-writer.js';

const vector = (length: number, value: number): Weight => ({
  shape: [length],
  data: new Float32Array(length).fill(value),
});

const zeroPadding = ({ bottom, left, right, top }: ExplicitPadding) => ({
  padding: [
    [top, bottom],
    [left, right],
  ],
  data_format: 'channels_last',
});

/** The padding word of a layer and what it is applied to: behind a ZeroPadding2D where the padding is explicit. */
const padded = (padding: Padding, { add }: WriterContext): { padding: string; inputs?: string[] } =>
  typeof padding === 'string'
    ? { padding }
    : { padding: 'valid', inputs: [add('ZeroPadding2D', zeroPadding(padding), { suffix: '/pad' })] };

const convolution = (node: Conv2dNode | DepthwiseConv2dNode, size: readonly number[], padding: string) => ({
  kernel_size: size.slice(0, 2),
  strides: node.strides,
  padding,
  data_format: 'channels_last',
  dilation_rate: node.dilations,
  activation: 'linear',
  use_bias: node.bias !== undefined,
});

const biasOf = ({ bias }: { readonly bias?: string }): Record<string, string> =>
  bias === undefined ? {} : { bias };

const writeConv2d = (node: Conv2dNode, context: WriterContext): string => {
  const { shape } = context.weights.get(node.kernel)!;
  const { inputs, padding } = padded(node.padding, context);
  return context.add(
    'Conv2D',
    { filters: shape[3], ...convolution(node, shape, padding) },
    { ...(inputs && { inputs }), weights: { kernel: node.kernel, ...biasOf(node) } },
  );
};

const identityKernel = (channels: number): Weight => {
  const data = new Float32Array(channels * channels);
  for (let channel = 0; channel < channels; channel++) data[channel * (channels + 1)] = 1;
  return { shape: [1, 1, channels, channels], data };
};

/** tfjs-layers' DepthwiseConv2D ignores dilations; its SeparableConv2D doesn't. */
const writeDepthwise = (node: DepthwiseConv2dNode, context: WriterContext): string => {
  const { shape } = context.weights.get(node.kernel)!;
  const { inputs, padding } = padded(node.padding, context);
  const config = { depth_multiplier: shape[3], ...convolution(node, shape, padding) };
  const weights = { depthwise_kernel: node.kernel, ...biasOf(node) };
  if (Math.max(...node.dilations) === 1) {
    return context.add('DepthwiseConv2D', config, { ...(inputs && { inputs }), weights });
  }
  const channels = shape[2]! * shape[3]!;
  return context.add(
    'SeparableConv2D',
    { filters: channels, ...config },
    { ...(inputs && { inputs }), weights: { ...weights, pointwise_kernel: identityKernel(channels) } },
  );
};

/** Writes gamma and beta even where the network has none: tfjs-layers can't train a batch-norm without. */
const writeBatchNorm = (
  { beta, epsilon, gamma, mean, variance }: BatchNormNode,
  { add, inputShapes }: WriterContext,
): string => {
  const channels = inputShapes[0]!.at(-1)!;
  return add(
    'BatchNormalization',
    { axis: -1, momentum: 0.99, epsilon, center: true, scale: true },
    {
      weights: {
        gamma: gamma ?? vector(channels, 1),
        beta: beta ?? vector(channels, 0),
        moving_mean: mean,
        moving_variance: variance,
      },
    },
  );
};

const spread = (values: readonly number[], length: number): Weight => ({
  shape: [length],
  data: Float32Array.from({ length }, (_, index) => values[values.length === 1 ? 0 : index]!),
});

/** One number is a `Rescaling`; one for each channel a batch-norm over mean 0 and variance 1 that never trains. */
const writeRescale = ({ offset, scale }: RescaleNode, { add, inputShapes }: WriterContext): string => {
  if (scale.length === 1 && offset.length === 1) {
    return add('Rescaling', { scale: scale[0], offset: offset[0] });
  }
  const channels = inputShapes[0]!.at(-1)!;
  return add(
    'BatchNormalization',
    { axis: -1, momentum: 1, epsilon: 0, center: true, scale: true, trainable: false },
    {
      weights: {
        gamma: spread(scale, channels),
        beta: spread(offset, channels),
        moving_mean: vector(channels, 0),
        moving_variance: vector(channels, 1),
      },
    },
  );
};

const writeGlobalPool = (
  className: string,
  { keepDims }: GlobalPoolNode,
  { add, inputShapes }: WriterContext,
) => {
  const config = { data_format: 'channels_last' };
  if (!keepDims) return add(className, config);
  const pooled = add(className, config, { suffix: '/vector' });
  return add('Reshape', { target_shape: [1, 1, inputShapes[0]!.at(-1)] }, { inputs: [pooled] });
};

/** tfjs-layers' Flatten takes no vectors. */
const writeFlatten = (_node: FlattenNode, { add, inputShapes }: WriterContext): string => {
  const [shape] = inputShapes;
  return shape!.length === 1
    ? add('Reshape', { target_shape: shape })
    : add('Flatten', { data_format: 'channels_last' });
};

const writeOpaque = (node: OpaqueNode, { add, inputShapes }: WriterContext): string => {
  const { className, config, weights } = node;
  const roles = describeTfjsLayer(className, config, inputShapes[0]!)?.weights.map(({ role }) => role);
  if (roles?.length !== weights.length) {
    throw unsupported(
      `Node "${node.name}" (${className}) must be a TensorFlow.js layer of ${weights.length} weights. Received: ${roles?.length ?? 'an unknown class'}`,
      'Read the original file again.',
      { node: node.name, className },
    );
  }
  return add(className, config, {
    weights: Object.fromEntries(roles.map((role, index) => [role, weights[index]!])),
  });
};

/** How each op becomes tfjs-layers layers: an entry adds them and returns the name of the last. */
export const layerWriters: OpTable<[context: WriterContext], string> = {
  activation: writeActivation,
  add: (_node, { add }) => add('Add', {}),
  'average-pool': writePool,
  'batch-norm': writeBatchNorm,
  concatenate: (_node, { add }) => add('Concatenate', { axis: -1 }),
  conv2d: writeConv2d,
  dense: (node, { add, weights }) =>
    add(
      'Dense',
      {
        units: weights.get(node.kernel)!.shape[1],
        activation: 'linear',
        use_bias: node.bias !== undefined,
      },
      { weights: { kernel: node.kernel, ...biasOf(node) } },
    ),
  'depthwise-conv2d': writeDepthwise,
  dropout: ({ rate }, { add }) => add('Dropout', { rate }),
  flatten: writeFlatten,
  'global-average-pool': (node, context) => writeGlobalPool('GlobalAveragePooling2D', node, context),
  'global-max-pool': (node, context) => writeGlobalPool('GlobalMaxPooling2D', node, context),
  input: ({ shape }, { add }) =>
    add('InputLayer', { batch_input_shape: [null, ...shape], dtype: 'float32', sparse: false }),
  'max-pool': writePool,
  multiply: (_node, { add }) => add('Multiply', {}),
  opaque: writeOpaque,
  rescale: writeRescale,
  reshape: ({ shape }, { add }) => add('Reshape', { target_shape: shape }),
  'zero-pad': ({ padding }, { add }) => add('ZeroPadding2D', zeroPadding(padding)),
};

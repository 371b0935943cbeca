import type { ActivationKind, Padding, Pair, PoolNode } from '../../network/network.js';
import { sizeOf } from '../../network/size-of.js';
import { convolutionKernel, denseKernel, depthwiseKernel } from './kernel-layouts.js';
import type { OperatorContext } from './operator-context.js';

/** Appends an operator's nodes and returns the name of the one that carries its output. */
export type OperatorMapping = (context: OperatorContext) => string;

/** `ActivationFunctionType` of the TFLite schema, as far as image models use it. */
const fusedActivations: readonly (ActivationKind | 'none' | undefined)[] = [
  'none',
  'relu',
  undefined,
  'relu6',
  'tanh',
];

/** Adds what an operator computes, and after it the activation its options name in `field`. */
const withActivation = (context: OperatorContext, field: number, build: (name: string) => string): string => {
  const kind = fusedActivations[context.options.byte(field)];
  if (kind === undefined)
    throw context.fail(`its fused activation ${context.options.byte(field)} is not known`);
  if (kind === 'none') return build(context.name);
  const linear = build(`${context.name}/linear`);
  return context.add({ op: 'activation', name: context.name, inputs: [linear], kind });
};

/** `Padding` of the TFLite schema. */
const paddingOf = ({ options }: OperatorContext, field: number): Padding =>
  options.byte(field) === 0 ? 'same' : 'valid';

/** The schema lists widths first. */
const pairOf = (context: OperatorContext, widthField: number, heightField: number, fallback = 0): Pair => {
  const pair: Pair = [
    context.options.integer(heightField, fallback),
    context.options.integer(widthField, fallback),
  ];
  if (Math.min(...pair) < 1)
    throw context.fail(`its strides and sizes must be positive, not ${pair.join(' x ')}`);
  return pair;
};

const biasOf = ({ constant, weight }: OperatorContext): { bias?: string } =>
  constant(2) === undefined ? {} : { bias: weight(2, (bias) => bias) };

const convolution: OperatorMapping = (context) =>
  withActivation(context, 3, (name) =>
    context.add({
      op: 'conv2d',
      name,
      inputs: [context.node(0)],
      kernel: context.weight(1, convolutionKernel),
      ...biasOf(context),
      strides: pairOf(context, 1, 2),
      dilations: pairOf(context, 4, 5, 1),
      padding: paddingOf(context, 0),
    }),
  );

const depthwiseConvolution: OperatorMapping = (context) =>
  withActivation(context, 4, (name) =>
    context.add({
      op: 'depthwise-conv2d',
      name,
      inputs: [context.node(0)],
      kernel: context.weight(1, (kernel) => depthwiseKernel(kernel, context.inputShape(0).at(-1)!)),
      ...biasOf(context),
      strides: pairOf(context, 1, 2),
      dilations: pairOf(context, 5, 6, 1),
      padding: paddingOf(context, 0),
    }),
  );

const fullyConnected: OperatorMapping = (context) =>
  withActivation(context, 0, (name) => {
    const input = context.node(0);
    const isVector = context.inputShape(0).length === 1;
    if (!isVector && context.options.byte(2) !== 0) throw context.fail('it must be applied to a vector');
    const vector = isVector
      ? input
      : context.add({ op: 'flatten', name: `${context.name}/flatten`, inputs: [input] });
    return context.add({
      op: 'dense',
      name,
      inputs: [vector],
      kernel: context.weight(1, denseKernel),
      ...biasOf(context),
    });
  });

/** The values of a constant operand if they are one number or one for each channel. */
const perChannel = (context: OperatorContext, position: number): readonly number[] | undefined => {
  const constant = context.constant(position);
  if (constant === undefined) return undefined;
  const isVector = sizeOf(constant.shape) === (constant.shape.at(-1) ?? 1);
  const channels = context.outputShape().at(-1);
  if (isVector && (constant.data.length === 1 || constant.data.length === channels))
    return [...constant.data];
  throw context.fail('its constant must be one number or one for each channel');
};

interface Affine {
  readonly scale: readonly number[];
  readonly offset: readonly number[];
}

/** An element-wise operator: of two tensors a merge, of a tensor and a constant a rescale. */
const elementWise =
  (
    merge: 'add' | 'multiply' | undefined,
    rescale: (constant: readonly number[], constantIsFirst: boolean) => Affine | undefined,
  ): OperatorMapping =>
  (context) =>
    withActivation(context, 0, (name) => {
      const first = perChannel(context, 0);
      const constant = first ?? perChannel(context, 1);
      if (constant === undefined) {
        if (merge === undefined) throw context.fail('one of its operands must be a constant');
        return context.add({ op: merge, name, inputs: [context.node(0), context.node(1)] });
      }
      const affine = rescale(constant, first !== undefined);
      if (affine === undefined) throw context.fail('its constant must be the second operand');
      return context.add({
        op: 'rescale',
        name,
        inputs: [context.node(first === undefined ? 0 : 1)],
        ...affine,
      });
    });

const subtractRescale = (constant: readonly number[], constantIsFirst: boolean): Affine =>
  constantIsFirst
    ? { scale: [-1], offset: constant }
    : { scale: [1], offset: constant.map((value) => -value) };

const divideRescale = (constant: readonly number[], constantIsFirst: boolean): Affine | undefined =>
  constantIsFirst ? undefined : { scale: constant.map((value) => 1 / value), offset: [0] };

const pool =
  (op: PoolNode['op']): OperatorMapping =>
  (context) =>
    withActivation(context, 5, (name) =>
      context.add({
        op,
        name,
        inputs: [context.node(0)],
        size: pairOf(context, 3, 4),
        strides: pairOf(context, 1, 2),
        padding: paddingOf(context, 0),
      }),
    );

const mean: OperatorMapping = (context) => {
  const rank = context.inputShape(0).length + 1;
  const axes = context.integers(1).map((axis) => (axis < 0 ? axis + rank : axis));
  if (rank !== 4 || [...axes].sort().join() !== '1,2') throw context.fail('it must average height and width');
  const keepDims = context.options.byte(0) !== 0;
  return context.add({ op: 'global-average-pool', name: context.name, inputs: [context.node(0)], keepDims });
};

const reshape: OperatorMapping = ({ add, name, node, outputShape }) =>
  add({ op: 'reshape', name, inputs: [node(0)], shape: outputShape() });

const pad: OperatorMapping = (context) => {
  const amounts = context.integers(1);
  const [top, bottom, left, right] = amounts.slice(2, 6) as [number, number, number, number];
  const isSpatial = amounts.length === 8 && [0, 1, 6, 7].every((index) => amounts[index] === 0);
  if (!isSpatial) throw context.fail('it must pad height and width only');
  if (context.inputCount > 2 && context.constant(2)?.data[0] !== 0) {
    throw context.fail('it must pad with zeros');
  }
  const padding = { top, bottom, left, right };
  return context.add({ op: 'zero-pad', name: context.name, inputs: [context.node(0)], padding });
};

const concatenate: OperatorMapping = (context) => {
  const rank = context.outputShape().length + 1;
  const axis = context.options.integer(0);
  if ((axis < 0 ? axis + rank : axis) !== rank - 1)
    throw context.fail('it must join channels, the last axis');
  return withActivation(context, 1, (name) => {
    const inputs = Array.from({ length: context.inputCount }, (_, position) => context.node(position));
    return context.add({ op: 'concatenate', name, inputs });
  });
};

const activation =
  (kind: ActivationKind, alphaOf?: (context: OperatorContext) => number): OperatorMapping =>
  (context) => {
    const alpha = alphaOf?.(context);
    const inputs = [context.node(0)];
    return context.add({
      op: 'activation',
      name: context.name,
      inputs,
      kind,
      ...(alpha === undefined ? {} : { alpha }),
    });
  };

const softmax: OperatorMapping = (context) => {
  if (context.options.float(0, 1) !== 1) throw context.fail('its beta must be 1');
  return activation('softmax')(context);
};

const gelu: OperatorMapping = (context) => {
  if (context.options.byte(0) !== 0) throw context.fail('it must be exact, not approximated');
  return activation('gelu')(context);
};

/** How each TFLite operator becomes nodes: one entry makes an operator known. Schema: TensorFlow's schema.fbs, v3. */
export const operatorTable: Readonly<Record<string, OperatorMapping>> = {
  ADD: elementWise('add', (offset) => ({ scale: [1], offset })),
  AVERAGE_POOL_2D: pool('average-pool'),
  CONCATENATION: concatenate,
  CONV_2D: convolution,
  DEPTHWISE_CONV_2D: depthwiseConvolution,
  DIV: elementWise(undefined, divideRescale),
  ELU: activation('elu', () => 1),
  FULLY_CONNECTED: fullyConnected,
  GELU: gelu,
  HARD_SWISH: activation('hard-swish'),
  LEAKY_RELU: activation('leaky-relu', ({ options }) => options.float(0)),
  LOGISTIC: activation('sigmoid'),
  MAX_POOL_2D: pool('max-pool'),
  MEAN: mean,
  MUL: elementWise('multiply', (scale) => ({ scale, offset: [0] })),
  PAD: pad,
  PADV2: pad,
  RELU: activation('relu'),
  RELU6: activation('relu6'),
  RESHAPE: reshape,
  SOFTMAX: softmax,
  SQUEEZE: reshape,
  SUB: elementWise(undefined, subtractRescale),
  TANH: activation('tanh'),
};

import * as tf from '@tensorflow/tfjs';
import type { LinearNode } from '../network/is-linear.js';
import type { BatchNormNode, Conv2dNode, DepthwiseConv2dNode, OpName } from '../network/network.js';
import type { OpTable } from '../network/op-table.js';
import { averagePoolWithGradient } from './average-pool-with-gradient.js';
import { batchNormScaleOffset, batchNormTraining } from './batch-norm-training.js';
import { convolve } from './convolve.js';
import { dilateKernel } from './dilate-kernel.js';
import type { FusedActivation } from './fused-activation.js';
import type { OpaqueLayer } from './opaque-layer.js';
import { scaledKernel } from './scaled-kernel.js';
import { sharedOps } from './shared-ops.js';

export interface TrainableContext {
  readonly inputs: tf.Tensor[];
  /** A variable where the weight is trained or a moving statistic, else a constant. */
  weight(name: string): tf.Tensor;
  isTrainable(name: string): boolean;
  /** Made once of what never changes while the network trains. */
  constant(name: string, make: () => tf.Tensor): tf.Tensor;
  /** The batch-norm behind a linear node that is computed by scaling its kernel, which is exact. */
  readonly batchNorm?: BatchNormNode;
  /** The rectifier behind a convolution that is computed with it. */
  readonly activation: FusedActivation;
  /** Whether the node's input depends on weights that train. */
  readonly inputTrains: boolean;
  readonly training: boolean;
  /** True for a batch-norm that normalises by the batch while training. */
  usesBatchStatistics(node: BatchNormNode): boolean;
  /** What dropout multiplies by; undefined where it does nothing. */
  readonly noise?: tf.Tensor;
  readonly layer?: OpaqueLayer;
}

const optional = (context: TrainableContext, name: string | undefined): tf.Tensor | undefined =>
  name === undefined ? undefined : context.weight(name);

const isTrained = (context: TrainableContext, name: string | undefined): boolean =>
  name !== undefined && context.isTrainable(name);

const batchNormTensors = (node: BatchNormNode, context: TrainableContext) => {
  const [gamma, beta] = [optional(context, node.gamma), optional(context, node.beta)];
  return { ...(gamma && { gamma }), ...(beta && { beta }) };
};

const movingScaleOffset = (node: BatchNormNode, context: TrainableContext) =>
  batchNormScaleOffset(node, {
    ...batchNormTensors(node, context),
    mean: context.weight(node.mean),
    variance: context.weight(node.variance),
  });

interface LinearOperands {
  readonly kernel: tf.Tensor;
  readonly bias?: tf.Tensor;
  /** Which of the two depend on weights that train. */
  readonly trains: { readonly kernel: boolean; readonly bias: boolean };
}

/** Kernel and bias that do what a linear node and a batch-norm of fixed statistics behind it do, which is exact. */
const foldMovingBatchNorm = (
  node: LinearNode,
  batchNorm: BatchNormNode,
  { kernel, bias, trains }: LinearOperands,
  context: TrainableContext,
): LinearOperands => {
  const { gamma: named } = batchNorm;
  const mean = context.weight(batchNorm.mean);
  const inverse = context.constant(`${batchNorm.name}, inverse deviation`, () =>
    tf.rsqrt(context.weight(batchNorm.variance).add(batchNorm.epsilon)),
  );
  const gamma = optional(context, named) ?? tf.onesLike(inverse);
  const gammaTrains = isTrained(context, named);
  const beta = optional(context, batchNorm.beta);
  const centre = bias
    ? bias.sub(mean).mul(inverse)
    : context.constant(`${batchNorm.name}, centre`, () => mean.neg().mul(inverse));
  const shift = centre.mul(gamma);
  return {
    kernel: scaledKernel(node, kernel, { gamma, inverse }, { kernel: trains.kernel, gamma: gammaTrains }),
    bias: beta ? shift.add(beta) : shift,
    trains: {
      kernel: trains.kernel || gammaTrains,
      bias: trains.bias || gammaTrains || isTrained(context, batchNorm.beta),
    },
  };
};

/** Kernel and bias of a linear node, times the batch-norm behind it if there is one. */
const linearOperands = (node: LinearNode, context: TrainableContext): LinearOperands => {
  const kernel = context.weight(node.kernel);
  const bias = optional(context, node.bias);
  const trains = { kernel: context.isTrainable(node.kernel), bias: isTrained(context, node.bias) };
  const operands = { kernel, ...(bias && { bias }), trains };
  return context.batchNorm === undefined
    ? operands
    : foldMovingBatchNorm(node, context.batchNorm, operands, context);
};

const convolution = (node: Conv2dNode | DepthwiseConv2dNode, context: TrainableContext): tf.Tensor => {
  const { kernel, bias, trains } = linearOperands(node, context);
  return convolve(
    {
      kind: node.op,
      x: context.inputs[0] as tf.Tensor4D,
      filter: dilateKernel(kernel, node.dilations) as tf.Tensor4D,
      ...(bias && { bias }),
      strides: node.strides,
      padding: node.padding,
      activation: context.activation,
    },
    { x: context.inputTrains, filter: trains.kernel, bias: trains.bias },
  );
};

export const trainableTable: OpTable<[context: TrainableContext], tf.Tensor> = {
  ...sharedOps,
  'average-pool': (node, { inputs: [x] }) => averagePoolWithGradient(node, x as tf.Tensor4D),
  'batch-norm': (node, context) => {
    const [x] = context.inputs;
    if (context.training && context.usesBatchStatistics(node)) {
      return batchNormTraining(node, x!, batchNormTensors(node, context), {
        mean: context.weight(node.mean) as tf.Variable,
        variance: context.weight(node.variance) as tf.Variable,
      });
    }
    const { scale, offset } = movingScaleOffset(node, context);
    return x!.mul(scale).add(offset);
  },
  conv2d: convolution,
  dense: (node, context) => {
    const { kernel, bias } = linearOperands(node, context);
    return tf.fused.matMul({ a: context.inputs[0]!, b: kernel, ...(bias && { bias }) });
  },
  'depthwise-conv2d': convolution,
  dropout: (_node, { inputs: [x], noise }) => (noise ? x!.mul(noise) : x!.clone()),
  input: (_node, { inputs: [x] }) => x!.clone(),
  opaque: (node, context) =>
    context.layer!.apply(context.inputs, context.training && node.weights.some(context.isTrainable)),
};

/** The ops `compileTrainable` can execute. */
export const trainableOps = Object.keys(trainableTable) as OpName[];

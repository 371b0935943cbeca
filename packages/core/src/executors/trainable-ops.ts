import * as tf from '@tensorflow/tfjs';
import type { LinearNode } from '../network/is-linear.js';
import type { BatchNormNode, OpName } from '../network/network.js';
import type { OpTable } from '../network/op-table.js';
import { averagePoolWithGradient } from './average-pool-with-gradient.js';
import { batchNormScaleOffset, batchNormTraining } from './batch-norm-training.js';
import { dilateKernel } from './dilate-kernel.js';
import type { OpaqueLayer } from './opaque-layer.js';
import { scaledKernel } from './scaled-kernel.js';
import { sharedOps } from './shared-ops.js';
import { windowPadding } from './window-padding.js';

export interface TrainableContext {
  readonly inputs: tf.Tensor[];
  /** A variable where the weight is trained or a moving statistic, else a constant. */
  weight(name: string): tf.Tensor;
  isTrainable(name: string): boolean;
  /** Made once of what never changes while the network trains. */
  constant(name: string, make: () => tf.Tensor): tf.Tensor;
  /** The batch-norm behind a linear node that is computed by scaling its kernel, which is exact. */
  readonly batchNorm?: BatchNormNode;
  readonly training: boolean;
  /** True for a batch-norm that normalises by the batch while training. */
  usesBatchStatistics(node: BatchNormNode): boolean;
  /** Of this node and step; undefined leaves dropout to chance. */
  readonly seed?: number;
  readonly layer?: OpaqueLayer;
}

const optional = (context: TrainableContext, name: string | undefined): tf.Tensor | undefined =>
  name === undefined ? undefined : context.weight(name);

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
}

/** Kernel and bias that do what a linear node and a batch-norm of fixed statistics behind it do, which is exact. */
const foldMovingBatchNorm = (
  node: LinearNode,
  batchNorm: BatchNormNode,
  { kernel, bias }: LinearOperands,
  context: TrainableContext,
): LinearOperands => {
  const { gamma: named } = batchNorm;
  const mean = context.weight(batchNorm.mean);
  const inverse = context.constant(`${batchNorm.name}, inverse deviation`, () =>
    tf.rsqrt(context.weight(batchNorm.variance).add(batchNorm.epsilon)),
  );
  const gamma = optional(context, named) ?? tf.onesLike(inverse);
  const beta = optional(context, batchNorm.beta);
  const centre = bias
    ? bias.sub(mean).mul(inverse)
    : context.constant(`${batchNorm.name}, centre`, () => mean.neg().mul(inverse));
  const shift = centre.mul(gamma);
  return {
    kernel: scaledKernel(
      node,
      kernel,
      { gamma, inverse },
      { kernel: context.isTrainable(node.kernel), gamma: named !== undefined && context.isTrainable(named) },
    ),
    bias: beta ? shift.add(beta) : shift,
  };
};

/** Kernel and bias of a linear node, times the batch-norm behind it if there is one. */
const linearOperands = (node: LinearNode, context: TrainableContext): LinearOperands => {
  const kernel = context.weight(node.kernel);
  const bias = optional(context, node.bias);
  const operands = { kernel, ...(bias && { bias }) };
  return context.batchNorm === undefined
    ? operands
    : foldMovingBatchNorm(node, context.batchNorm, operands, context);
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
  conv2d: (node, context) => {
    const { kernel, bias } = linearOperands(node, context);
    return tf.fused.conv2d({
      x: context.inputs[0] as tf.Tensor4D,
      filter: dilateKernel(kernel, node.dilations) as tf.Tensor4D,
      ...(bias && { bias }),
      strides: [...node.strides],
      pad: windowPadding(node.padding),
    });
  },
  dense: (node, context) => {
    const { kernel, bias } = linearOperands(node, context);
    return tf.fused.matMul({ a: context.inputs[0]!, b: kernel, ...(bias && { bias }) });
  },
  'depthwise-conv2d': (node, context) => {
    const { kernel, bias } = linearOperands(node, context);
    const filter = dilateKernel(kernel, node.dilations) as tf.Tensor4D;
    const [x] = context.inputs as [tf.Tensor4D];
    const value = tf.depthwiseConv2d(x, filter, [...node.strides], windowPadding(node.padding));
    return bias ? value.add(bias) : value;
  },
  dropout: ({ rate }, { inputs: [x], training, seed }) =>
    training && rate > 0 ? tf.dropout(x!, rate, undefined, seed) : x!.clone(),
  input: (_node, { inputs: [x] }) => x!.clone(),
  opaque: (node, context) =>
    context.layer!.apply(context.inputs, context.training && node.weights.some(context.isTrainable)),
};

/** The ops `compileTrainable` can execute. */
export const trainableOps = Object.keys(trainableTable) as OpName[];

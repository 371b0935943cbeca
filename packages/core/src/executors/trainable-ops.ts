import * as tf from '@tensorflow/tfjs';
import type { LinearNode } from '../network/is-linear.js';
import type { BatchNormNode, Conv2dNode, OpName } from '../network/network.js';
import type { OpTable } from '../network/op-table.js';
import { averagePoolWithGradient } from './average-pool-with-gradient.js';
import { batchNormScaleOffset, batchNormTraining } from './batch-norm-training.js';
import { dilateKernel } from './dilate-kernel.js';
import { type LinearOperands, linearWithGradient, type Wanted } from './linear-gradient.js';
import type { OpaqueLayer } from './opaque-layer.js';
import { scaledKernel } from './scaled-kernel.js';
import { sharedOps } from './shared-ops.js';
import { windowPadding } from './window-padding.js';

export interface TrainableContext {
  readonly inputs: tf.Tensor[];
  /** A variable where the weight is trained or a moving statistic, else a constant. */
  weight(name: string): tf.Tensor;
  isTrainable(name: string): boolean;
  /** True if a trainable weight stands below this node. */
  readonly inputNeedsGradient: boolean;
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

/** Kernel and bias that do what a linear node and a batch-norm of fixed statistics behind it do, which is exact. */
const foldMovingBatchNorm = (
  node: LinearNode,
  batchNorm: BatchNormNode,
  { kernel, bias }: Pick<LinearOperands, 'kernel' | 'bias'>,
  context: TrainableContext,
): Pick<Required<LinearOperands>, 'kernel' | 'bias'> => {
  const { gamma: named } = batchNorm;
  const mean = context.weight(batchNorm.mean);
  const inverse = tf.rsqrt(context.weight(batchNorm.variance).add(batchNorm.epsilon));
  const gamma = optional(context, named) ?? tf.onesLike(inverse);
  const beta = optional(context, batchNorm.beta);
  const centre = (bias ? bias.sub(mean) : mean.neg()).mul(inverse);
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
const linearOperands = (node: LinearNode, context: TrainableContext): LinearOperands & { wanted: Wanted } => {
  const { batchNorm } = context;
  const trains = (...names: (string | undefined)[]) =>
    names.some((name) => name !== undefined && context.isTrainable(name));
  const wanted = {
    input: context.inputNeedsGradient,
    kernel: trains(node.kernel, batchNorm?.gamma),
    bias: trains(node.bias, batchNorm?.gamma, batchNorm?.beta),
  };
  const input = context.inputs[0]!;
  const kernel = context.weight(node.kernel);
  const bias = optional(context, node.bias);
  if (batchNorm === undefined) return { input, kernel, ...(bias && { bias }), wanted };
  const folded = foldMovingBatchNorm(node, batchNorm, { kernel, bias }, context);
  return { input, ...folded, wanted };
};

const addBias = (value: tf.Tensor, bias: tf.Tensor | undefined): tf.Tensor =>
  bias ? value.add(bias) : value;

const isPointwise = ({ strides, padding }: Conv2dNode, kernel: tf.Tensor): boolean =>
  kernel.shape[0] === 1 &&
  kernel.shape[1] === 1 &&
  Math.max(...strides) === 1 &&
  (typeof padding === 'string' || Math.max(...Object.values(padding)) === 0);

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
    const { wanted, ...operands } = linearOperands(node, context);
    const { input, kernel, bias } = operands;
    if (isPointwise(node, kernel)) {
      return linearWithGradient(operands, wanted, () =>
        tf.fused.conv2d({
          x: input as tf.Tensor4D,
          filter: kernel as tf.Tensor4D,
          ...(bias && { bias }),
          strides: 1,
          pad: 'valid',
        }),
      );
    }
    const filter = dilateKernel(kernel, node.dilations);
    return addBias(
      tf.conv2d(input as tf.Tensor4D, filter, [...node.strides], windowPadding(node.padding)),
      bias,
    );
  },
  dense: (node, context) => {
    const { wanted, ...operands } = linearOperands(node, context);
    const { input, kernel, bias } = operands;
    return linearWithGradient(operands, wanted, () =>
      tf.fused.matMul({ a: input, b: kernel, ...(bias && { bias }) }),
    );
  },
  'depthwise-conv2d': (node, context) => {
    const { input, kernel, bias } = linearOperands(node, context);
    const filter = dilateKernel(kernel, node.dilations);
    return addBias(
      tf.depthwiseConv2d(input as tf.Tensor4D, filter, [...node.strides], windowPadding(node.padding)),
      bias,
    );
  },
  dropout: ({ rate }, { inputs: [x], training, seed }) =>
    training && rate > 0 ? tf.dropout(x!, rate, undefined, seed) : x!.clone(),
  input: (_node, { inputs: [x] }) => x!.clone(),
  opaque: (node, context) =>
    context.layer!.apply(context.inputs, context.training && node.weights.some(context.isTrainable)),
};

/** The ops `compileTrainable` can execute. */
export const trainableOps = Object.keys(trainableTable) as OpName[];

import * as tf from '@tensorflow/tfjs';
import type { BatchNormNode } from '../network/network.js';

/** The share of a moving statistic that stays at each step, as Keras has it. */
const momentum = 0.99;

export interface BatchNormTensors {
  readonly gamma?: tf.Tensor;
  readonly beta?: tf.Tensor;
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
}

/** Batch-norm as `x * scale + offset` with the given statistics, differentiable in all of them. */
export const batchNormScaleOffset = (
  { epsilon }: BatchNormNode,
  { gamma, beta, mean, variance }: BatchNormTensors,
): { scale: tf.Tensor; offset: tf.Tensor } => {
  const inverse = tf.rsqrt(variance.add(epsilon));
  const scale = gamma ? inverse.mul(gamma) : inverse;
  const shift = mean.mul(scale);
  return { scale, offset: beta ? beta.sub(shift) : shift.neg() };
};

const moveTowards = (moving: tf.Variable, batch: tf.Tensor): void =>
  moving.assign(moving.mul(momentum).add(batch.mul(1 - momentum)));

/**
 * Normalises by the batch's own statistics and moves the moving ones towards them: the variance by its unbiased
 * estimate, as Keras's fused batch-norm does (Ioffe and Szegedy 2015, algorithm 2).
 */
export const batchNormTraining = (
  node: BatchNormNode,
  x: tf.Tensor,
  tensors: Pick<BatchNormTensors, 'gamma' | 'beta'>,
  moving: { readonly mean: tf.Variable; readonly variance: tf.Variable },
): tf.Tensor => {
  const axes = x.shape.map((_, axis) => axis).slice(0, -1);
  const { mean, variance } = tf.moments(x, axes);
  const count = x.size / x.shape.at(-1)!;
  moveTowards(moving.mean, mean);
  moveTowards(moving.variance, variance.mul(count / Math.max(count - 1, 1)));
  const { scale, offset } = batchNormScaleOffset(node, { ...tensors, mean, variance });
  return x.mul(scale).add(offset);
};

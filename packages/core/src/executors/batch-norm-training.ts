import * as tf from '@tensorflow/tfjs';
import type { BatchNormNode } from '../network/network.js';
import { withGradient } from './custom-gradient.js';
import { hasKernel, runKernel } from './training-kernels.js';

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

interface MovingStatistics {
  readonly mean: tf.Variable;
  readonly variance: tf.Variable;
}

type Affine = Pick<BatchNormTensors, 'gamma' | 'beta'>;

const normaliseByKernel = (
  { epsilon }: BatchNormNode,
  x: tf.Tensor,
  { gamma, beta }: Affine,
  moving: MovingStatistics,
): tf.Tensor => {
  const channels = x.shape.slice(-1);
  const [scale, offset] = [gamma ?? tf.ones(channels), beta ?? tf.zeros(channels)];
  return withGradient(
    [x, scale, offset],
    () => {
      const [value, mean, variance, movedMean, movedVariance] = runKernel(
        'FusedBatchNormTrain',
        { x, gamma: scale, beta: offset, movingMean: moving.mean, movingVariance: moving.variance },
        { epsilon, momentum },
      );
      moving.mean.assign(movedMean!);
      moving.variance.assign(movedVariance!);
      return { value: value!, saved: [x, scale, mean!, variance!] };
    },
    (dy, [input, factor, mean, variance]) =>
      runKernel(
        'FusedBatchNormTrainGrad',
        { dy, x: input!, gamma: factor!, mean: mean!, variance: variance! },
        { epsilon },
      ),
  );
};

const moveTowards = (moving: tf.Variable, batch: tf.Tensor): void =>
  moving.assign(moving.mul(momentum).add(batch.mul(1 - momentum)));

const normaliseByOps = (
  node: BatchNormNode,
  x: tf.Tensor,
  affine: Affine,
  moving: MovingStatistics,
): tf.Tensor => {
  const axes = x.shape.map((_, axis) => axis).slice(0, -1);
  const { mean, variance } = tf.moments(x, axes);
  const count = x.size / x.shape.at(-1)!;
  moveTowards(moving.mean, mean);
  moveTowards(moving.variance, variance.mul(count / Math.max(count - 1, 1)));
  const { scale, offset } = batchNormScaleOffset(node, { ...affine, mean, variance });
  return x.mul(scale).add(offset);
};

/**
 * Normalises by the batch's own statistics and moves the moving ones towards them: the variance by its unbiased
 * estimate, as Keras's fused batch-norm does (Ioffe and Szegedy 2015, algorithm 2).
 */
export const batchNormTraining = (
  node: BatchNormNode,
  x: tf.Tensor,
  affine: Affine,
  moving: MovingStatistics,
): tf.Tensor => {
  const normalise = hasKernel('FusedBatchNormTrain') ? normaliseByKernel : normaliseByOps;
  return normalise(node, x, affine, moving);
};

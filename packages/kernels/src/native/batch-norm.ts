import * as tf from '@tensorflow/tfjs';
import { runOp } from './native-backend.js';
import type { NativeKernel } from './native-kernel.js';

const attributesOf = ({ epsilon }: Readonly<Record<string, unknown>>) => ({
  U: 'float',
  epsilon: epsilon as number,
  data_format: 'NHWC',
  is_training: true,
});

/** TensorFlow's batch-norm knows only images: `[..., c]` as one of a single row. */
const asImage = (x: tf.Tensor): tf.Tensor =>
  x.rank === 4 ? x : x.reshape([1, 1, x.size / x.shape.at(-1)!, x.shape.at(-1)!]);

const withShape = (tensor: tf.Tensor, shape: number[]): tf.Tensor =>
  tensor.rank === shape.length ? tensor : tensor.reshape(shape);

const nothing = (): tf.Tensor => tf.tensor1d([]);

/**
 * Batch-norm by the batch's own statistics (Ioffe and Szegedy 2015): x `[..., c]`, gamma, beta and the moving
 * statistics `[c]` to y, the batch's mean and biased variance, and the moving statistics after it: `momentum` of them
 * stays, the rest is the batch's mean and unbiased variance.
 */
export const fusedBatchNormTrain: NativeKernel = {
  kernelName: 'FusedBatchNormTrain',
  compute: ({ x, gamma, beta, movingMean, movingVariance }, attributes) => {
    const inputs = [asImage(x!), gamma!, beta!, movingMean!, movingVariance!];
    const [y, movedMean, movedVariance, mean, variance] = runOp('FusedBatchNormV3', inputs, {
      attributes: {
        ...attributesOf(attributes),
        exponential_avg_factor: 1 - (attributes.momentum as number),
      },
      outputs: 6,
    });
    return [withShape(y!, x!.shape), mean!, variance!, movedMean!, movedVariance!];
  },
};

/** The gradient of `fusedBatchNormTrain` by x, gamma and beta, from the mean and the biased variance that it gave. */
export const fusedBatchNormTrainGrad: NativeKernel = {
  kernelName: 'FusedBatchNormTrainGrad',
  compute: ({ dy, x, gamma, mean, variance }, attributes) => {
    const inputs = [asImage(dy!), asImage(x!), gamma!, mean!, variance!, nothing()];
    const [dx, dgamma, dbeta] = runOp('FusedBatchNormGradV3', inputs, {
      attributes: attributesOf(attributes),
      outputs: 5,
    });
    return [withShape(dx!, x!.shape), dgamma!, dbeta!];
  },
};

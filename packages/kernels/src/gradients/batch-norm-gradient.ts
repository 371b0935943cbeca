import * as tf from '@tensorflow/tfjs';
import type { AmendedGradient } from './amended-gradient.js';

/**
 * Gradient of tfjs's batch-norm in one pass over memory for x, scale and offset. Those of mean and variance, which
 * `tf.moments` hands on to x, follow from the last two: they move all pixels of a channel alike.
 */
export const batchNormGradient: AmendedGradient = {
  kernelName: 'FusedBatchNorm',
  needs: ['FusedBatchNormGrad'],
  // The kernel has no gradient of its own: where one is asked for, tfjs's ops are differentiated.
  accepts: ([x, mean, variance, scale]) =>
    tf.engine().state.gradientDepth === 0 &&
    x!.dtype === 'float32' &&
    [mean, variance, scale].every((tensor) => tensor?.rank === 1),
  gradients: (dy, [x, mean, variance, scale], attributes) => {
    const inputs = { dy, x: x!, mean: mean!, variance: variance!, scale: scale! };
    const [dx, dscale, doffset] = tf
      .engine()
      .runKernel('FusedBatchNormGrad', inputs, attributes) as unknown as tf.Tensor[];
    const inverse = tf.rsqrt(variance!.add(attributes.varianceEpsilon as number));
    const factor = scale!.mul(inverse);
    return {
      x: () => dx!,
      scale: () => dscale!,
      offset: () => doffset!,
      mean: () => factor.mul(doffset!).neg(),
      variance: () => factor.mul(inverse).mul(dscale!).mul(-0.5),
    };
  },
};

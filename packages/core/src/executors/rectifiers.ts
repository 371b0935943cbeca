import * as tf from '@tensorflow/tfjs';
import { withGradient } from './custom-gradient.js';
import { hasKernel, runKernel, type TrainingKernel } from './training-kernels.js';

/** An activation whose gradient one kernel computes, from its output or its input. */
interface KernelGradient {
  readonly kernel: TrainingKernel;
  readonly from: 'x' | 'y';
  readonly forward: (x: tf.Tensor) => tf.Tensor;
}

const withKernelGradient = ({ kernel, from, forward }: KernelGradient, x: tf.Tensor): tf.Tensor =>
  withGradient(
    [x],
    () => {
      const value = forward(x);
      return { value, saved: [from === 'x' ? x : value] };
    },
    (dy, [saved]) => runKernel(kernel, { dy, [from]: saved! }),
  );

const activation =
  (gradient: KernelGradient, otherwise: (x: tf.Tensor) => tf.Tensor) =>
  (x: tf.Tensor): tf.Tensor =>
    hasKernel(gradient.kernel) ? withKernelGradient(gradient, x) : otherwise(x);

/** `max(x, 0)` */
export const relu = activation({ kernel: 'ReluGrad', from: 'y', forward: tf.relu }, (x) => tf.relu(x));

/** `min(max(x, 0), 6)`; without the kernel its gradient is arithmetic, as tfjs's compares and casts, slow on wasm. */
export const relu6 = activation({ kernel: 'Relu6Grad', from: 'y', forward: tf.relu6 }, (x) =>
  withGradient(
    [x],
    () => {
      const value = tf.relu6(x);
      return { value, saved: [value] };
    },
    (dy, [y]) => [dy.mul(tf.step(y!.mul(tf.sub(6, y!))))],
  ),
);

const plainSwish = (x: tf.Tensor): tf.Tensor => x.mul(tf.sigmoid(x));

/** `x * sigmoid(x)` */
export const swish = activation({ kernel: 'SwishGrad', from: 'x', forward: plainSwish }, plainSwish);

const plainHardSwish = (x: tf.Tensor): tf.Tensor => x.mul(tf.clipByValue(x.mul(1 / 6).add(0.5), 0, 1));

/** `x * min(max(x + 3, 0), 6) / 6` */
export const hardSwish = activation(
  { kernel: 'HardSwishGrad', from: 'x', forward: plainHardSwish },
  plainHardSwish,
);

import * as tf from '@tensorflow/tfjs';
import { withGradient } from './custom-gradient.js';
import { hasKernel, runKernel, type TrainingKernel } from './training-kernels.js';

/** An activation whose gradient one kernel computes from its input. */
interface KernelGradient {
  readonly kernel: TrainingKernel;
  readonly forward: (x: tf.Tensor) => tf.Tensor;
}

const activation =
  ({ kernel, forward }: KernelGradient) =>
  (x: tf.Tensor): tf.Tensor =>
    hasKernel(kernel)
      ? withGradient(
          [x],
          () => ({ value: forward(x), saved: [x] }),
          (dy, [saved]) => runKernel(kernel, { dy, x: saved! }),
        )
      : forward(x);

/** Sums over all axes but the last. */
export const sumToLast = (x: tf.Tensor): tf.Tensor => tf.sum(x, x.shape.map((_, axis) => axis).slice(0, -1));

export type Rectifier = 'relu' | 'relu6';

const rectifierKernels = { relu: 'ReluGrad', relu6: 'Relu6Grad' } as const;

/** Gradient of a rectifier from its output y; as arithmetic without the kernel: tfjs compares and casts, slow on wasm. */
export const rectifierGradient = (rectifier: Rectifier, dy: tf.Tensor, y: tf.Tensor): tf.Tensor => {
  const kernel = rectifierKernels[rectifier];
  if (hasKernel(kernel)) return runKernel(kernel, { dy, y })[0]!;
  return dy.mul(tf.step(rectifier === 'relu' ? y : y.mul(tf.sub(6, y))));
};

const rectifierBiasKernels = { relu: 'ReluBiasGrad', relu6: 'Relu6BiasGrad' } as const;

/** Gradient of a rectifier from its output y, and the sums of its channels, which are a bias's gradient. */
export const rectifierBiasGradient = (
  rectifier: Rectifier,
  dy: tf.Tensor,
  y: tf.Tensor,
): { slope: tf.Tensor; bias: tf.Tensor } => {
  const kernel = rectifierBiasKernels[rectifier];
  if (hasKernel(kernel)) {
    const [slope, bias] = runKernel(kernel, { dy, y });
    return { slope: slope!, bias: bias! };
  }
  const slope = rectifierGradient(rectifier, dy, y);
  return { slope, bias: sumToLast(slope) };
};

const rectify = (rectifier: Rectifier, x: tf.Tensor): tf.Tensor =>
  withGradient(
    [x],
    () => {
      const value = rectifier === 'relu' ? tf.relu(x) : tf.relu6(x);
      return { value, saved: [value] };
    },
    (dy, [y]) => [rectifierGradient(rectifier, dy, y!)],
  );

/** `max(x, 0)` */
export const relu = (x: tf.Tensor): tf.Tensor => rectify('relu', x);

/** `min(max(x, 0), 6)` */
export const relu6 = (x: tf.Tensor): tf.Tensor => rectify('relu6', x);

const plainSwish = (x: tf.Tensor): tf.Tensor => x.mul(tf.sigmoid(x));

/** `x * sigmoid(x)` */
export const swish = activation({ kernel: 'SwishGrad', forward: plainSwish });

const plainHardSwish = (x: tf.Tensor): tf.Tensor => x.mul(tf.clipByValue(x.mul(1 / 6).add(0.5), 0, 1));

/** `x * min(max(x + 3, 0), 6) / 6` */
export const hardSwish = activation({ kernel: 'HardSwishGrad', forward: plainHardSwish });

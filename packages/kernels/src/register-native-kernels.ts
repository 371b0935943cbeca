import * as tf from '@tensorflow/tfjs';
import { hardSwishGrad, relu6Grad, reluGrad, swishGrad } from './native/activation-gradients.js';
import { fusedBatchNormTrain, fusedBatchNormTrainGrad } from './native/batch-norm.js';
import { matMul } from './native/mat-mul.js';
import { nativeBackendName } from './native/native-backend.js';
import type { NativeInputs, NativeKernel } from './native/native-kernel.js';
import { adamWStep, sgdMomentumStep } from './native/optimiser-steps.js';
import { sumsToChannels, sumToChannels } from './native/sum.js';

const kernels: readonly NativeKernel[] = [
  adamWStep,
  fusedBatchNormTrain,
  fusedBatchNormTrainGrad,
  hardSwishGrad,
  relu6Grad,
  reluGrad,
  sgdMomentumStep,
  swishGrad,
];

interface Amendment {
  readonly kernelName: string;
  /** The kernel's output, where this form of it applies. */
  compute(inputs: NativeInputs, attributes: Readonly<Record<string, unknown>>): tf.Tensor | undefined;
}

const amendments: readonly Amendment[] = [
  {
    kernelName: 'BatchMatMul',
    compute: ({ a, b }, { transposeA, transposeB }) =>
      a!.rank === 2 && b!.rank === 2 && a!.dtype === 'float32' && b!.dtype === 'float32'
        ? matMul(a!, b!, transposeA === true, transposeB === true)
        : undefined,
  },
  {
    kernelName: 'Sum',
    compute: ({ x }, { axis, keepDims }) =>
      sumsToChannels(x!, axis, keepDims) ? sumToChannels(x!) : undefined,
  },
];

const amend = ({ kernelName, compute }: Amendment): void => {
  const own = tf.getKernel(kernelName, nativeBackendName);
  tf.unregisterKernel(kernelName, nativeBackendName);
  tf.registerKernel({
    ...own,
    kernelFunc: ({ inputs, attrs = {}, backend }) =>
      compute(inputs as NativeInputs, attrs) ?? own.kernelFunc({ inputs, attrs, backend }),
  });
};

/**
 * Gives tfjs-node TensorFlow's fused ops for training: batch-norm and its gradient, gradients of activations, bias
 * gradients, and an optimiser's step over all weights. Call it after `@tensorflow/tfjs-node` is loaded; calling it
 * again does nothing.
 *
 * @example
 * import '@tensorflow/tfjs-node';
 * registerNativeKernels();
 */
export const registerNativeKernels = (): void => {
  if (tf.getKernel('Sum', nativeBackendName) === undefined) {
    throw new Error(
      'registerNativeKernels must be called after @tensorflow/tfjs-node is loaded. Received: no kernels',
    );
  }
  if (tf.getKernel(kernels[0]!.kernelName, nativeBackendName) !== undefined) return;
  for (const { kernelName, compute } of kernels) {
    tf.registerKernel({
      kernelName,
      backendName: nativeBackendName,
      kernelFunc: ({ inputs, attrs = {} }) => tf.tidy(() => compute(inputs as NativeInputs, attrs)),
    });
  }
  for (const amendment of amendments) amend(amendment);
};

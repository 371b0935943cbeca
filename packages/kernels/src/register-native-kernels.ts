import * as tf from '@tensorflow/tfjs';
import { registerActivationGradients } from './gradients/register-activation-gradients.js';
import { hardSwishGrad, relu6Grad, reluGrad, swishGrad } from './native/activation-gradients.js';
import { fusedBatchNormTrain, fusedBatchNormTrainGrad } from './native/batch-norm.js';
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

const amendSum = (): void => {
  const own = tf.getKernel('Sum', nativeBackendName);
  tf.unregisterKernel('Sum', nativeBackendName);
  tf.registerKernel({
    ...own,
    kernelFunc: ({ inputs, attrs = {}, backend }) => {
      const x = inputs.x as tf.Tensor;
      return sumsToChannels(x, attrs.axis, attrs.keepDims)
        ? sumToChannels(x)
        : own.kernelFunc({ inputs, attrs, backend });
    },
  });
};

/** tfjs-node runs an op for a reshape that changes nothing, of which a gradient has many. */
const amendReshape = (): void => {
  const own = tf.getKernel('Reshape', nativeBackendName);
  tf.unregisterKernel('Reshape', nativeBackendName);
  tf.registerKernel({
    ...own,
    kernelFunc: ({ inputs, attrs = {}, backend }) => {
      const x = inputs.x as tf.TensorInfo;
      if (!tf.util.arraysEqual(x.shape, attrs.shape as number[])) {
        return own.kernelFunc({ inputs, attrs, backend });
      }
      (backend as tf.KernelBackend).incRef(x.dataId);
      return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
    },
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
      kernelFunc: ({ inputs, attrs = {} }) => {
        const outputs = tf.tidy(() => compute(inputs as NativeInputs, attrs));
        return outputs.length === 1 ? outputs[0]! : outputs;
      },
    });
  }
  amendSum();
  amendReshape();
  registerActivationGradients();
};

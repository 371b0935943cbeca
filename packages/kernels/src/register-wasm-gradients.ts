import * as tf from '@tensorflow/tfjs';
import { batchNormGradient } from './gradients/batch-norm-gradient.js';
import { dilatedConvolutionGradients } from './gradients/dilated-convolution-gradients.js';
import { registerActivationGradients } from './gradients/register-activation-gradients.js';
import { registerAmendedGradient } from './gradients/register-amended-gradient.js';
import { registerWasmKernel } from './wasm/register-wasm-kernel.js';
import { wasmKernels } from './wasm/wasm-kernels.js';

/**
 * Teaches tfjs's wasm backend to train convolutional networks, with kernels of its own on the backend's memory:
 * gradients it lacks, has slow or has wrong, batch-norm by batch statistics, and steps of optimisers. Call it once
 * anywhere after `@tensorflow/tfjs-backend-wasm` is imported; calling it again does nothing. From then on `model.fit`
 * and `tf.grads` work on wasm. Other backends stay as they were. Throws where the wasm backend isn't imported.
 *
 * @example
 * import '@tensorflow/tfjs-backend-wasm';
 * registerWasmGradients();
 * await tf.setBackend('wasm');
 */
export const registerWasmGradients = (): void => {
  if (tf.getKernel('BatchMatMul', 'wasm') === undefined) {
    throw new Error(
      'registerWasmGradients must be called after @tensorflow/tfjs-backend-wasm is imported. Received: no BatchMatMul on wasm',
    );
  }
  for (const kernel of wasmKernels) registerWasmKernel(kernel);
  registerActivationGradients();
  for (const gradient of [batchNormGradient, ...dilatedConvolutionGradients]) {
    registerAmendedGradient(gradient);
  }
};

import * as tf from '@tensorflow/tfjs';
import { batchMatMul } from './wasm/batch-mat-mul.js';
import { conv2dBackpropFilter } from './wasm/conv2d-backprop-filter.js';
import { conv2dBackpropInput } from './wasm/conv2d-backprop-input.js';
import { depthwiseConv2dBackpropFilter } from './wasm/depthwise-conv2d-backprop-filter.js';
import { depthwiseConv2dBackpropInput } from './wasm/depthwise-conv2d-backprop-input.js';
import { sum } from './wasm/sum.js';
import type { WasmKernel } from './wasm/wasm-kernel.js';

const kernels: readonly WasmKernel[] = [
  batchMatMul,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  depthwiseConv2dBackpropFilter,
  depthwiseConv2dBackpropInput,
  sum,
];

const backendName = 'wasm';
const ours = new WeakSet<tf.KernelConfig>();

/** Our kernel as tfjs registers it, which hands over to the backend's own where ours isn't the one to take. */
const toKernelConfig = (
  { kernelName, compute, replaces }: WasmKernel,
  own: tf.KernelConfig | undefined,
): tf.KernelConfig => ({
  ...own,
  kernelName,
  backendName,
  kernelFunc: ({ inputs, attrs = {}, backend }) => {
    const tensors = inputs as Record<string, tf.Tensor>;
    if (own && !replaces?.(tensors, attrs)) return own.kernelFunc({ inputs, attrs, backend });
    return tf.tidy(() => compute(tensors, attrs));
  },
});

/**
 * Teaches tfjs's wasm backend the gradients of convolutions, which it lacks, and faster forms of three kernels that
 * training leans on. Call it once anywhere after `@tensorflow/tfjs-backend-wasm` is imported; calling it again does
 * nothing. From then on `model.fit` and `tf.grads` work on wasm.
 *
 * @example
 * import '@tensorflow/tfjs-backend-wasm';
 * registerWasmGradients();
 * await tf.setBackend('wasm');
 */
export const registerWasmGradients = (): void => {
  for (const kernel of kernels) {
    const own = tf.getKernel(kernel.kernelName, backendName) as tf.KernelConfig | undefined;
    if (own && (ours.has(own) || !kernel.replaces)) continue;
    if (kernel.replaces && !own) {
      throw new Error(
        `registerWasmGradients must be called after @tensorflow/tfjs-backend-wasm is imported. Received: no ${kernel.kernelName} on wasm`,
      );
    }
    const config = toKernelConfig(kernel, own);
    if (own) tf.unregisterKernel(kernel.kernelName, backendName);
    tf.registerKernel(config);
    ours.add(config);
  }
};

import * as tf from '@tensorflow/tfjs';
import { batchMatMul } from './wasm/batch-mat-mul.js';
import { conv2dBackpropFilter } from './wasm/conv2d-backprop-filter.js';
import { conv2dBackpropInput } from './wasm/conv2d-backprop-input.js';
import { depthwiseConv2dBackpropFilter } from './wasm/depthwise-conv2d-backprop-filter.js';
import { depthwiseConv2dBackpropInput } from './wasm/depthwise-conv2d-backprop-input.js';
import { maxPoolGrad } from './wasm/max-pool-grad.js';
import { sum } from './wasm/sum.js';
import type { AddedKernel, AmendedKernel, KernelInputs } from './wasm/wasm-kernel.js';

const added: readonly AddedKernel[] = [
  conv2dBackpropFilter,
  depthwiseConv2dBackpropFilter,
  depthwiseConv2dBackpropInput,
];

const amended: readonly AmendedKernel[] = [batchMatMul, conv2dBackpropInput, maxPoolGrad, sum];

const backendName = 'wasm';
const ours = new WeakSet<tf.KernelConfig>();

const findKernel = (kernelName: string): tf.KernelConfig | undefined => tf.getKernel(kernelName, backendName);

const toKernelConfig = ({ kernelName, compute }: AddedKernel): tf.KernelConfig => ({
  kernelName,
  backendName,
  kernelFunc: ({ inputs, attrs = {} }) => tf.tidy(() => compute(inputs as KernelInputs, attrs)),
});

const amendKernelConfig = (own: tf.KernelConfig, { amend }: AmendedKernel): tf.KernelConfig => ({
  ...own,
  kernelFunc: ({ inputs, attrs = {}, backend }) => {
    const runOwn = (tensors: KernelInputs): tf.Tensor => {
      const result = own.kernelFunc({ inputs: { ...tensors }, attrs, backend });
      return tf.engine().makeTensorFromTensorInfo(result as tf.TensorInfo);
    };
    return tf.tidy(() => amend(inputs as KernelInputs, attrs, runOwn));
  },
});

/**
 * Teaches tfjs's wasm backend the gradients of convolutions, which it lacks, faster forms of three kernels that
 * training leans on, and the right gradient of max-pooling. Call it once anywhere after `@tensorflow/tfjs-backend-wasm` is imported; calling it again does
 * nothing. From then on `model.fit` and `tf.grads` work on wasm.
 *
 * @example
 * import '@tensorflow/tfjs-backend-wasm';
 * registerWasmGradients();
 * await tf.setBackend('wasm');
 */
export const registerWasmGradients = (): void => {
  for (const kernel of added) {
    if (findKernel(kernel.kernelName) === undefined) tf.registerKernel(toKernelConfig(kernel));
  }
  for (const kernel of amended) {
    const own = findKernel(kernel.kernelName);
    if (own === undefined) {
      throw new Error(
        `registerWasmGradients must be called after @tensorflow/tfjs-backend-wasm is imported. Received: no ${kernel.kernelName} on wasm`,
      );
    }
    if (ours.has(own)) continue;
    const config = amendKernelConfig(own, kernel);
    ours.add(config);
    tf.unregisterKernel(kernel.kernelName, backendName);
    tf.registerKernel(config);
  }
};

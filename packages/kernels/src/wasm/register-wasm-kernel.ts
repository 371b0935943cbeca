import * as tf from '@tensorflow/tfjs';
import type { WasmBackend } from './wasm-backend.js';
import { wasmCall } from './wasm-call.js';
import type { KernelAttributes, KernelInputs, WasmKernel } from './wasm-kernel.js';

const backendName = 'wasm';
const ours = new WeakSet<tf.KernelConfig>();

/** tfjs names the inputs that an op may have and a call leaves out, too. */
const given = (inputs: tf.NamedTensorInfoMap): KernelInputs =>
  Object.fromEntries(
    Object.entries(inputs).filter((entry): entry is [string, tf.TensorInfo] => entry[1] !== undefined),
  );

const takes = (kernel: WasmKernel, inputs: KernelInputs, attributes: KernelAttributes): boolean =>
  Object.values(inputs).every(({ dtype }) => dtype === 'float32') &&
  (kernel.accepts?.(inputs, attributes) ?? true);

const describe = (inputs: KernelInputs): string =>
  Object.entries(inputs)
    .map(([name, { dtype, shape }]) => `${name} ${dtype} [${shape}]`)
    .join(', ');

const kernelFunction =
  (kernel: WasmKernel, own: tf.KernelConfig | undefined): tf.KernelFunc =>
  ({ inputs, attrs = {}, backend }) => {
    const tensors = given(inputs);
    if (takes(kernel, tensors, attrs)) {
      return wasmCall(backend as WasmBackend, (call) => kernel.compute(tensors, attrs, call));
    }
    if (own !== undefined) return own.kernelFunc({ inputs, attrs, backend });
    throw new Error(`${kernel.kernelName} on wasm needs float32 tensors. Received: ${describe(tensors)}`);
  };

/** Adds a kernel to the wasm backend, in front of the backend's own where it has one. Once is enough. */
export const registerWasmKernel = (kernel: WasmKernel): void => {
  const { kernelName } = kernel;
  const own = tf.getKernel(kernelName, backendName);
  if (own !== undefined && ours.has(own)) return;
  const config = { ...own, kernelName, backendName, kernelFunc: kernelFunction(kernel, own) };
  ours.add(config);
  if (own !== undefined) tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel(config);
};

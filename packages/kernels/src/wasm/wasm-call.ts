import type * as tf from '@tensorflow/tfjs';
import { type AssemblyKernels, assemblyKernels } from './assembly-kernels.js';
import type { WasmBackend } from './wasm-backend.js';

/** What a kernel needs for one run. Addresses are bytes from the start of the backend's memory. */
export interface WasmCall {
  readonly assembly: AssemblyKernels;
  address(tensor: tf.TensorInfo): number;
  /** The values of a small float32 tensor. */
  numbers(tensor: tf.TensorInfo): number[];
  /** A new float32 tensor with arbitrary values. */
  output(shape: readonly number[]): tf.TensorInfo;
  /** A tensor of the same values on the same memory. */
  share(tensor: tf.TensorInfo): tf.TensorInfo;
  /** The address of `size` 32-bit values that are the kernel's until it returns. */
  scratch(size: number): number;
  /** The same, holding these integers. */
  integers(values: readonly number[]): number;
}

/** Runs `compute` and gives its scratch memory back. */
export const wasmCall = <Result>(backend: WasmBackend, compute: (call: WasmCall) => Result): Result => {
  const scratch: tf.DataId[] = [];
  const addressOf = (dataId: tf.DataId): number => backend.dataIdMap.get(dataId).memoryOffset;
  const reserve = (values: tf.TypedArray | null, size: number): number => {
    const dataId = backend.write(values, [size], 'int32');
    scratch.push(dataId);
    return addressOf(dataId);
  };
  try {
    return compute({
      assembly: assemblyKernels(backend),
      address: ({ dataId }) => addressOf(dataId),
      numbers: ({ dataId }) => Array.from(backend.readSync(dataId) as Float32Array),
      output: (shape) => backend.makeOutput(shape, 'float32'),
      share: ({ dataId, shape, dtype }) => {
        backend.incRef(dataId);
        return { dataId, shape, dtype };
      },
      scratch: (size) => reserve(null, size),
      integers: (values) => reserve(Int32Array.from(values), values.length),
    });
  } finally {
    for (const dataId of scratch) backend.disposeData(dataId);
  }
};

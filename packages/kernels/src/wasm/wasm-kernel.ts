import type * as tf from '@tensorflow/tfjs';
import type { WasmCall } from './wasm-call.js';

/** A kernel's tensors by tfjs's names for them. */
export type KernelInputs = Readonly<Record<string, tf.TensorInfo>>;

export type KernelAttributes = Readonly<Record<string, unknown>>;

/** A kernel of the wasm backend for float32 tensors. */
export interface WasmKernel {
  readonly kernelName: string;
  /** False for what the kernel leaves to the one that the backend has itself. Missing where it takes everything. */
  accepts?(inputs: KernelInputs, attributes: KernelAttributes): boolean;
  compute(
    inputs: KernelInputs,
    attributes: KernelAttributes,
    call: WasmCall,
  ): tf.TensorInfo | tf.TensorInfo[];
}

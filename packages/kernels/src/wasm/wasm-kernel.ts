import type * as tf from '@tensorflow/tfjs';

/** A kernel in terms of tfjs ops that the wasm backend runs fast. */
export interface WasmKernel {
  readonly kernelName: string;
  /** Inputs and attributes as tfjs names them; what it gives is a new tensor. */
  compute(
    inputs: Readonly<Record<string, tf.Tensor>>,
    attributes: Readonly<Record<string, unknown>>,
  ): tf.Tensor;
  /** For a kernel that wasm has too: whether ours is the one to take. Without it wasm lacks the kernel. */
  replaces?(
    inputs: Readonly<Record<string, tf.Tensor>>,
    attributes: Readonly<Record<string, unknown>>,
  ): boolean;
}

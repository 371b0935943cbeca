import type * as tf from '@tensorflow/tfjs';

/** A kernel's tensors by tfjs's names for them. */
export type KernelInputs = Readonly<Record<string, tf.Tensor>>;

type KernelAttributes = Readonly<Record<string, unknown>>;

/** A kernel the wasm backend lacks, in terms of ops it runs fast. */
export interface AddedKernel {
  readonly kernelName: string;
  compute(inputs: KernelInputs, attributes: KernelAttributes): tf.Tensor;
}

/** A kernel the wasm backend has, done better in some cases; `own` is the backend's. */
export interface AmendedKernel {
  readonly kernelName: string;
  amend(
    inputs: KernelInputs,
    attributes: KernelAttributes,
    own: (inputs: KernelInputs) => tf.Tensor,
  ): tf.Tensor;
}

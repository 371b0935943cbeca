import type * as tf from '@tensorflow/tfjs';

/** A kernel's tensors by tfjs's names for them. */
export type NativeInputs = Readonly<Record<string, tf.Tensor>>;

/** A kernel in terms of TensorFlow's own ops. */
export interface NativeKernel {
  readonly kernelName: string;
  compute(inputs: NativeInputs, attributes: Readonly<Record<string, unknown>>): tf.Tensor[];
}

import * as tf from '@tensorflow/tfjs';

/** The gradient by each of the inputs, from that of the output and what was saved. */
export type Backward = (dy: tf.Tensor, saved: readonly tf.Tensor[]) => tf.Tensor[];

/**
 * Computes a value of some inputs with a gradient of its own. `forward` gives the value and the tensors that
 * `backward` needs; its gradients stand in the order of the inputs.
 */
export const withGradient = (
  inputs: readonly tf.Tensor[],
  forward: () => { readonly value: tf.Tensor; readonly saved: readonly tf.Tensor[] },
  backward: Backward,
): tf.Tensor => {
  const differentiable = tf.customGrad((...inputsAndSave) => {
    const save = inputsAndSave.at(-1) as unknown as (tensors: readonly tf.Tensor[]) => void;
    const { value, saved } = forward();
    save(saved);
    return { value, gradFunc: (dy, kept) => backward(dy as tf.Tensor, kept as tf.Tensor[]) };
  });
  return differentiable(...inputs);
};

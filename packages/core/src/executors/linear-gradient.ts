import * as tf from '@tensorflow/tfjs';
import { withGradient } from './custom-gradient.js';

/** What a dense or 1x1 convolution is made of: `[..., in]`, `[..., in, out]` and `[out]`. */
export interface LinearOperands {
  readonly input: tf.Tensor;
  readonly kernel: tf.Tensor;
  readonly bias?: tf.Tensor;
}

/** Which operands need a gradient: for the others none is computed. */
export interface Wanted {
  readonly input: boolean;
  readonly kernel: boolean;
  readonly bias: boolean;
}

const matrix = (tensor: tf.Tensor): tf.Tensor2D =>
  tensor.rank === 2 ? (tensor as tf.Tensor2D) : tensor.reshape([-1, tensor.shape.at(-1)!]);

/**
 * Computes `input x kernel + bias` with `compute` and differentiates it as matrix products, for the operands that want
 * it alone. On tfjs's wasm backend the products need `registerWasmGradients` of @regraft/kernels to be fast.
 */
export const linearWithGradient = (
  { input, kernel, bias }: LinearOperands,
  wanted: Wanted,
  compute: () => tf.Tensor,
): tf.Tensor => {
  const gradients: [
    operand: tf.Tensor,
    (dy: tf.Tensor2D, input: tf.Tensor, kernel: tf.Tensor) => tf.Tensor,
  ][] = [];
  if (wanted.input) {
    gradients.push([input, (dy, x, k) => tf.matMul(dy, matrix(k), false, true).reshape(x.shape)]);
  }
  if (wanted.kernel) {
    gradients.push([kernel, (dy, x, k) => tf.matMul(matrix(x), dy, true, false).reshape(k.shape)]);
  }
  if (wanted.bias && bias) gradients.push([bias, (dy) => tf.sum(dy, 0)]);
  if (gradients.length === 0) return compute();
  return withGradient(
    gradients.map(([operand]) => operand),
    () => ({ value: compute(), saved: [input, kernel] }),
    (dy, [x, k]) => gradients.map(([, gradient]) => gradient(matrix(dy), x!, k!)),
  );
};

import * as tf from '@tensorflow/tfjs';

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

const matrix = (tensor: tf.Tensor): tf.Tensor2D => tensor.reshape([-1, tensor.shape.at(-1)!]);

/** `aᵀ b` with the larger one transposed and the smaller one second, the order that costs tfjs's wasm backend least. */
const transposedProduct = (a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D =>
  a.size >= b.size ? tf.matMul(tf.transpose(a), b) : tf.transpose(tf.matMul(tf.transpose(b), a));

/**
 * Computes `input x kernel + bias` with `compute` and differentiates it by explicit transposes: tfjs's own gradient
 * asks matMul to transpose its operands, which the wasm backend does many times slower.
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
    gradients.push([input, (dy, x, k) => tf.matMul(dy, tf.transpose(matrix(k))).reshape(x.shape)]);
  }
  if (wanted.kernel) {
    gradients.push([kernel, (dy, x, k) => transposedProduct(matrix(x), dy).reshape(k.shape)]);
  }
  if (wanted.bias && bias) gradients.push([bias, (dy) => tf.sum(dy, 0)]);
  if (gradients.length === 0) return compute();
  const differentiable = tf.customGrad((...operandsAndSave) => {
    const save = operandsAndSave.at(-1) as unknown as (tensors: tf.Tensor[]) => void;
    save([input, kernel]);
    return {
      value: compute(),
      gradFunc: (dy, saved) => {
        const [x, k] = saved as tf.Tensor[];
        return gradients.map(([, gradient]) => gradient(matrix(dy as tf.Tensor), x!, k!));
      },
    };
  });
  return differentiable(...gradients.map(([operand]) => operand));
};

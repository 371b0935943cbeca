import * as tf from '@tensorflow/tfjs';

/**
 * `aᵀ b` for `a [k, m]` and `b [k, n]`. wasm's matMul is slow at transposing itself, and packs its second operand
 * slower than it transposes: so the larger one is transposed and the smaller one stands second.
 */
export const transposedProduct = (a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D =>
  a.size >= b.size ? tf.matMul(tf.transpose(a), b) : tf.transpose(tf.matMul(tf.transpose(b), a));

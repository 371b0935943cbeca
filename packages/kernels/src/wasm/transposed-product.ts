import * as tf from '@tensorflow/tfjs';

/** `aᵀ b` for `a [k, m]` and `b [k, n]`: transposes the smaller of the two, for wasm's matMul is slow at it itself. */
export const transposedProduct = (a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D =>
  a.size <= b.size ? tf.matMul(tf.transpose(a), b) : tf.transpose(tf.matMul(tf.transpose(b), a));

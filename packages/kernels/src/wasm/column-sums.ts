import * as tf from '@tensorflow/tfjs';

/**
 * Sums of the columns of `[rows, columns]`, as `[columns]`. Average pooling over all rows is many times faster on
 * wasm than Sum, and than a product with ones, which has to pack its whole operand first.
 */
export const columnSums = (values: tf.Tensor2D): tf.Tensor1D => {
  const [rows, columns] = values.shape;
  const mean = tf.avgPool(values.reshape([1, 1, rows, columns]) as tf.Tensor4D, [1, rows], 1, 'valid');
  return mean.mul(rows).as1D();
};

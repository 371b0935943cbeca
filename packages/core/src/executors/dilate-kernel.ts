import * as tf from '@tensorflow/tfjs';
import type { Pair } from '../network/network.js';

/** Puts `factor - 1` zero slices behind each slice of an axis but the last. */
const stretch = (kernel: tf.Tensor, axis: number, factor: number): tf.Tensor => {
  if (factor === 1) return kernel;
  const { shape } = kernel;
  const length = shape[axis]!;
  const spread = kernel.reshape([...shape.slice(0, axis + 1), 1, ...shape.slice(axis + 1)]);
  const paddings = spread.shape.map((_, index): [number, number] =>
    index === axis + 1 ? [0, factor - 1] : [0, 0],
  );
  const stretched = tf
    .pad(spread, paddings)
    .reshape([...shape.slice(0, axis), length * factor, ...shape.slice(axis + 1)]);
  const size = shape.with(axis, (length - 1) * factor + 1);
  return stretched.slice(
    shape.map(() => 0),
    size,
  );
};

/** The undilated kernel that computes the same as `kernel` dilated: tfjs has no gradient for dilated convolutions. */
export const dilateKernel = (kernel: tf.Tensor, [rows, columns]: Pair): tf.Tensor4D =>
  stretch(stretch(kernel, 0, rows), 1, columns) as tf.Tensor4D;

import * as tf from '@tensorflow/tfjs';
import { randomGenerator } from '../random-generator.js';

const rounds = 3;

/** Orthonormal directions in which rows vary most, and how much they do. */
export interface LeadingAxes {
  readonly count: number;
  /** `[count, features]`. */
  readonly axes: Float32Array;
  /** Of the rows along each axis. */
  readonly variances: Float32Array;
}

/** Modified Gram-Schmidt over rows, each pass made twice. A row that vanishes stays zero. */
export const orthonormalise = (rows: Float32Array, length: number): Float32Array => {
  const row = (index: number): Float32Array => rows.subarray(index * length, (index + 1) * length);
  const dot = (a: Float32Array, b: Float32Array): number => {
    let total = 0;
    for (let index = 0; index < length; index++) total += a[index]! * b[index]!;
    return total;
  };
  for (let current = 0; current < rows.length / length; current++) {
    const values = row(current);
    const before = Math.sqrt(dot(values, values));
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < current; other++) {
        const axis = row(other);
        const share = dot(values, axis);
        for (let index = 0; index < length; index++) values[index]! -= share * axis[index]!;
      }
    }
    const norm = Math.sqrt(dot(values, values));
    const scale = norm > 1e-6 * before ? 1 / norm : 0;
    for (let index = 0; index < length; index++) values[index]! *= scale;
  }
  return rows;
};

/**
 * The leading principal axes of centred rows `[n, features]` by randomised subspace iteration (Halko, Martinsson and
 * Tropp, "Finding structure with randomness", 2011). They need not be exact: they make the head's problem well
 * conditioned, they don't change its solution.
 */
export const leadingAxes = async (rows: tf.Tensor2D, count: number): Promise<LeadingAxes> => {
  const [size, features] = rows.shape;
  const generator = randomGenerator(0, 'leading-axes');
  let axes: Float32Array = Float32Array.from({ length: count * features }, () => generator.uniform() - 0.5);
  for (let round = 0; round < rounds; round++) {
    const next = tf.tidy(() => {
      const seen = tf.matMul(rows, tf.transpose(tf.tensor2d(axes, [count, features])));
      return tf.matMul(tf.transpose(seen), rows);
    });
    axes = orthonormalise(Float32Array.from(await next.data<'float32'>()), features);
    next.dispose();
  }
  const variances = tf.tidy(() => {
    const seen = tf.matMul(rows, tf.transpose(tf.tensor2d(axes, [count, features])));
    return tf.sum(tf.square(seen), 0).div(size);
  });
  const values = Float32Array.from(await variances.data<'float32'>());
  variances.dispose();
  return { count, axes, variances: values };
};

import * as tf from '@tensorflow/tfjs';
import { randomGenerator } from '../random-generator.js';
import { orthonormalise } from './orthonormalise.js';

const rounds = 3;

/** Orthonormal directions in which rows vary most, and how much they do. */
export interface LeadingAxes {
  readonly count: number;
  /** `[count, features]`. */
  readonly axes: Float32Array;
  /** Of the rows along each axis. */
  readonly variances: Float32Array;
}

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

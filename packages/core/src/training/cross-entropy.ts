import * as tf from '@tensorflow/tfjs';

/** One-hot rows with `smoothing` of each spread evenly over all classes (Szegedy et al. 2016). */
export const targetRows = (labels: readonly number[], classes: number, smoothing: number): Float32Array => {
  const rows = new Float32Array(labels.length * classes).fill(smoothing / classes);
  for (const [row, label] of labels.entries()) rows[row * classes + label]! += 1 - smoothing;
  return rows;
};

/** Mean over rows of the cross-entropy of softmax(logits) against targets that may carry weights, `[n, classes]`. */
export const crossEntropy = (logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar =>
  tf.neg(tf.mean(tf.logSoftmax(logits).mul(targets).sum(1)));

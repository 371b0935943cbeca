import * as tf from '@tensorflow/tfjs';
import type { FeatureMatrix } from './feature-matrix.js';

/** What all heads are fitted to; arrays hold one value for each row of the matrix. */
export interface HeadProblem {
  readonly matrix: FeatureMatrix;
  readonly classes: number;
  readonly labels: Int32Array;
  /** Of each row in the loss. */
  readonly weights: Float64Array;
  /** A head leaves the rows of its own fold out; rows of fold -1 are in every head's training. */
  readonly folds: Int32Array;
  readonly labelSmoothing: number;
  /** What regularisation pulls towards and every fit starts from, as `headCoordinates` lays it out. */
  readonly anchor: Float32Array;
}

/** One head to fit. */
export interface HeadJob {
  /** Rows of this fold are held out; -2 holds none out. */
  readonly fold: number;
  /** L2 strength against the summed loss. */
  readonly regularisation: number;
}

/** A head's score on the rows it was not trained on; sums, so that folds add up. */
export interface HeldOutScore {
  readonly loss: number;
  readonly weight: number;
  readonly hits: number;
  readonly count: number;
}

export interface HeadEvaluation {
  readonly loss: number;
  readonly gradient: Float32Array;
  readonly heldOut: HeldOutScore;
}

const smallestProbability = 1e-30;

/** Running sums of one head over the chunks. */
interface Sums {
  loss: number;
  weight: number;
  readonly bias: Float64Array;
  readonly kernel: Float64Array;
  heldOut: { loss: number; weight: number; hits: number; count: number };
}

/**
 * Softmax, cross-entropy and its gradient in closed form, (probabilities - targets) * weight, for the rows of a chunk
 * and one head. The gradient by the logits is written where the logits stand in a matrix of the same form.
 */
const addRows = (
  { labels, weights, folds, classes, labelSmoothing }: HeadProblem,
  { logits, residuals, stride, offset, start }: LogitsView,
  { fold, bias }: { fold: number; bias: Float32Array },
  sums: Sums,
): void => {
  const probabilities = new Float64Array(classes);
  const spread = labelSmoothing / classes;
  for (let row = 0; row < logits.length / stride; row++) {
    const at = row * stride + offset;
    const label = labels[start + row]!;
    const weight = weights[start + row]!;
    let best = 0;
    for (let k = 0; k < classes; k++) {
      probabilities[k] = logits[at + k]! + bias[k]!;
      if (probabilities[k]! > probabilities[best]!) best = k;
    }
    const highest = probabilities[best]!;
    let total = 0;
    for (let k = 0; k < classes; k++) {
      probabilities[k] = Math.exp(probabilities[k]! - highest);
      total += probabilities[k]!;
    }
    if (folds[start + row] === fold) {
      const { heldOut } = sums;
      heldOut.loss -= weight * Math.log(Math.max(probabilities[label]! / total, smallestProbability));
      heldOut.weight += weight;
      heldOut.count++;
      if (best === label) heldOut.hits++;
      continue;
    }
    sums.weight += weight;
    for (let k = 0; k < classes; k++) {
      const probability = probabilities[k]! / total;
      const target = spread + (k === label ? 1 - labelSmoothing : 0);
      if (target > 0) sums.loss -= weight * target * Math.log(Math.max(probability, smallestProbability));
      const residual = weight * (probability - target);
      residuals[at + k] = residual;
      sums.bias[k]! += residual;
    }
  }
};

/** The columns of one head in the logits of a chunk. */
interface LogitsView {
  readonly logits: Float32Array;
  readonly residuals: Float32Array;
  /** Logits of all heads in a row. */
  readonly stride: number;
  readonly offset: number;
  /** The chunk's first row in the matrix. */
  readonly start: number;
}

const emptySums = (classes: number, columns: number): Sums => ({
  loss: 0,
  weight: 0,
  bias: new Float64Array(classes),
  kernel: new Float64Array(classes * columns),
  heldOut: { loss: 0, weight: 0, hits: 0, count: 0 },
});

/** Mean loss plus the penalty, and its gradient. */
const finish = (
  { anchor }: HeadProblem,
  { regularisation, point }: HeadJob & { readonly point: Float32Array },
  { loss, weight, bias, kernel, heldOut }: Sums,
): HeadEvaluation => {
  const gradient = new Float32Array(point.length);
  let penalty = 0;
  for (let index = 0; index < kernel.length; index++) {
    const pull = point[index]! - anchor[index]!;
    penalty += pull ** 2;
    gradient[index] = (kernel[index]! + regularisation * pull) / weight;
  }
  for (let k = 0; k < bias.length; k++) gradient[kernel.length + k] = bias[k]! / weight;
  return { loss: (loss + (regularisation / 2) * penalty) / weight, gradient, heldOut };
};

/**
 * Loss and gradient of many softmax regressions on the same rows at once, each at its own point: mean weighted
 * cross-entropy plus L2 towards the anchor, biases free. Two wide matrix products for all of them, neither with
 * transpose flags, which the wasm backend executes ten times slower.
 */
export const evaluateHeads = async (
  problem: HeadProblem,
  heads: readonly (HeadJob & { readonly point: Float32Array })[],
): Promise<HeadEvaluation[]> => {
  const { matrix, classes } = problem;
  const { columns } = matrix;
  const size = classes * columns;
  const stride = heads.length * classes;
  const packed = new Float32Array(stride * columns);
  for (const [index, { point }] of heads.entries()) packed.set(point.subarray(0, size), index * size);
  const kernels = tf.tidy(() => tf.transpose(tf.tensor2d(packed, [stride, columns])) as tf.Tensor2D);
  const sums = heads.map(() => emptySums(classes, columns));
  await matrix.forEachChunk(async (chunk, start) => {
    const product = tf.matMul(chunk, kernels);
    const logits = await product.data<'float32'>();
    const residuals = new Float32Array(logits.length);
    for (const [index, { fold, point }] of heads.entries()) {
      const view = { logits, residuals, stride, offset: index * classes, start };
      addRows(problem, view, { fold, bias: point.subarray(size) }, sums[index]!);
    }
    const products = tf.tidy(() =>
      tf.matMul(tf.transpose(tf.tensor2d(residuals, [chunk.shape[0], stride])), chunk),
    );
    const gradients = await products.data<'float32'>();
    for (const [index, { kernel }] of sums.entries()) {
      for (let at = 0; at < size; at++) kernel[at]! += gradients[index * size + at]!;
    }
    tf.dispose([product, products]);
  });
  kernels.dispose();
  return heads.map((head, index) => finish(problem, head, sums[index]!));
};

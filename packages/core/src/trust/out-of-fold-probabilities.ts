import { RegraftError } from '@regraft/errors';
import { createBreather, throwIfCancelled } from '../training/breathe.js';
import { classWeights, countLabels } from '../training/class-weights.js';
import { type ExampleSource, type LabelledExamples, range } from '../training/example-source.js';
import { fitHead, type HeadFit } from '../training/head/fit-head.js';
import type { HeadWeights } from '../training/head/head-coordinates.js';
import { stratifiedFolds } from '../training/head/stratified.js';

export interface OutOfFoldOptions {
  /** 5 by default; less where the largest class has fewer examples. */
  readonly folds?: number | undefined;
  /** L2 strength against the summed loss; by default the one of lowest held-out loss, chosen once for all folds. */
  readonly regularisation?: 'auto' | number | undefined;
  readonly classWeights?: 'balanced' | 'none' | undefined;
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Takes how many heads are fitted. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface OutOfFoldProbabilities {
  /** `[n, classes]`, row-major. */
  readonly probabilities: Float32Array;
  /** The fold each example was held out in; -1 for a class's only example, which was not. */
  readonly folds: Int32Array;
}

const rowsAtOnce = 256;

/** Some examples of a source as a source. */
const subset = (source: ExampleSource, kept: readonly number[]): ExampleSource => ({
  shape: source.shape,
  size: kept.length,
  read: (indices, into) =>
    source.read(
      indices.map((index) => kept[index]!),
      into,
    ),
});

/** Softmax of a linear head for one row of features, into `into`. */
const predictRow = (row: Float32Array, { kernel, bias }: HeadWeights, into: Float32Array): void => {
  const logits = Float64Array.from(bias);
  const classes = logits.length;
  for (let feature = 0; feature < row.length; feature++) {
    const value = row[feature]!;
    for (let label = 0; label < classes; label++)
      logits[label]! += value * kernel[feature * classes + label]!;
  }
  const largest = logits.reduce((most, value) => Math.max(most, value), -Infinity);
  const exponentials = logits.map((value) => Math.exp(value - largest));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  into.set(exponentials.map((value) => value / total));
};

const countFolds = (labels: Int32Array, classes: number, wanted: number): number => {
  const folds = Math.min(wanted, Math.max(0, ...countLabels(labels, classes)));
  if (folds >= 2) return folds;
  throw new RegraftError({
    code: 'data-too-small',
    message: `Examples are held out in two folds or more, of a class with as many. Received: ${wanted} folds, and ${labels.length} examples of which no more than ${folds} share a class.`,
    hint: 'Give at least two examples of a class.',
  });
};

const requireLabels = (labels: Int32Array, classes: number, examples: ExampleSource): void => {
  const stray = labels.findIndex((label) => !(label >= 0 && label < classes));
  if (stray === -1 && labels.length === examples.size && examples.shape.length === 1) return;
  throw new RegraftError({
    code: 'data-invalid',
    message: `A head is fitted to a row of features and a class index from 0 to ${classes - 1} for each example. Received: ${examples.size} examples of shape [${examples.shape.join(', ')}] and ${labels.length} labels${stray === -1 ? '' : `, ${labels[stray]} at example ${stray}`}.`,
    hint: 'Give pooled features and the labels of the same examples.',
  });
};

/**
 * Probabilities of a linear head for the very examples it is trained on, each from a head that hasn't seen it: features
 * `[n, features]` are dealt into stratified folds, and every fold is predicted by a head fitted to the others. What
 * `findLabelErrors` needs. The only example of a class can't be held out and is predicted in sample (fold -1). The
 * same input gives the same probabilities. Throws `data-invalid`, `data-too-small` where no class has two examples, and
 * `cancelled`.
 *
 * @example
 * const { probabilities } = await outOfFoldProbabilities({ examples: features, labels }, 2);
 * findLabelErrors(probabilities, labels, 2);
 */
export const outOfFoldProbabilities = async (
  { examples, labels: given }: LabelledExamples,
  classes: number,
  options: OutOfFoldOptions = {},
): Promise<OutOfFoldProbabilities> => {
  const { folds: wanted = 5, regularisation = 'auto', seed = 0, signal, onProgress } = options;
  const labels = Int32Array.from(given);
  requireLabels(labels, classes, examples);
  const count = countFolds(labels, classes, wanted);
  const features = examples.shape[0]!;
  const breathe = createBreather();
  const start = { kernel: new Float32Array(features * classes), bias: new Float32Array(classes) };

  const fit = async (kept: readonly number[], strength: 'auto' | number): Promise<HeadFit> => {
    const own = Int32Array.from(kept, (index) => labels[index]!);
    const data = {
      features: subset(examples, kept),
      labels: own,
      classes,
      classWeights: classWeights(own, classes, options.classWeights ?? 'none'),
    };
    const work = fitHead(data, start, { regularisation: strength, labelSmoothing: 0, seed, scores: [] });
    for (;;) {
      const next = await work.next();
      if (next.done === true) return next.value;
      await breathe();
      throwIfCancelled(signal);
    }
  };

  const all = range(0, examples.size);
  const strength =
    regularisation === 'auto' ? (await fit(all, 'auto')).summary.regularisation! : regularisation;
  const folds = stratifiedFolds(labels, classes, count, seed);
  const probabilities = new Float32Array(examples.size * classes);
  for (let fold = 0; fold < count; fold++) {
    const kept = all.filter((index) => folds[index] !== fold);
    const { weights } = await fit(kept, strength);
    const predicted = all.filter((index) => folds[index] === fold || (fold === 0 && folds[index] === -1));
    for (let first = 0; first < predicted.length; first += rowsAtOnce) {
      const indices = predicted.slice(first, first + rowsAtOnce);
      const rows = new Float32Array(indices.length * features);
      await examples.read(indices, rows);
      for (const [row, index] of indices.entries()) {
        const into = probabilities.subarray(index * classes, (index + 1) * classes);
        predictRow(rows.subarray(row * features, (row + 1) * features), weights, into);
      }
    }
    onProgress?.(fold + 1, count);
  }
  return { probabilities, folds };
};

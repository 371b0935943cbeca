import { RegraftError } from '@regraft/errors';
import { z } from 'zod';
import { countLabels } from '../training/class-weights.js';
import type { LabelledExamples } from '../training/example-source.js';
import { stratifiedSample } from '../training/head/stratified.js';

/** What tells inputs that resemble the training examples from those that don't. Plain data. */
export const outlierDetectorSchema = z.object({
  version: z.literal(1),
  /** Numbers of a row of features. */
  features: z.int().positive(),
  /** A score is the distance to the reference that is so many places away. */
  neighbours: z.int().positive(),
  /** `[n, features]`: training features, each row scaled to length 1. */
  references: z.custom<Float32Array>((value) => value instanceof Float32Array),
  /** An input that scores more is an outlier. Null until `setFalseAlarms`, or if it had too few examples. */
  threshold: z.number().nullable(),
  /** The share of inputs of the training examples' kind that are taken for outliers, at most. */
  falseAlarms: z.number().nullable(),
});

export type OutlierDetector = z.infer<typeof outlierDetectorSchema>;

const mostNeighbours = 10;

export interface OutlierFitOptions {
  /** Training rows kept, at most or so: 500 by default, which for 1,280 features take 2.5 MB. */
  readonly references?: number | undefined;
  readonly seed?: number | undefined;
}

/** Every row divided by its length, in place; a row of zeros stays. Throws `data-invalid` for other rows. */
const normaliseRows = (rows: Float32Array, features: number): Float32Array => {
  if (rows.length % features !== 0 || !rows.every(Number.isFinite)) {
    throw new RegraftError({
      code: 'data-invalid',
      message: `Outliers are sought in rows of ${features} finite features. Received: ${rows.length} numbers${rows.length % features === 0 ? ', NaN or infinity among them' : ''}.`,
      hint: 'Give pooled features of the backbone that the detector was fitted with.',
    });
  }
  for (let start = 0; start < rows.length; start += features) {
    const row = rows.subarray(start, start + features);
    const length = Math.sqrt(row.reduce((total, value) => total + value * value, 0));
    if (length > 0) for (let index = 0; index < features; index++) row[index]! /= length;
  }
  return rows;
};

/**
 * A detector of inputs unlike the training examples, from their pooled features `[features]`: the distance to the k-th
 * nearest of a stratified sample of them, all scaled to length 1 (Sun et al., "Out-of-distribution detection with deep
 * nearest neighbors", 2022). It was chosen over Mahalanobis distances, which need a covariance of more features than
 * there are examples and take each class for one bell. k is 10, or the size of the smallest class in the sample, so
 * that a rare class isn't foreign. The same seed gives the same detector. Throws `data-invalid` and `data-too-small`.
 *
 * @example
 * const detector = setFalseAlarms(await fitOutlierDetector({ examples, labels }, 2), heldOutFeatures, 0.05);
 * outlierScores(detector, features)[0]! > detector.threshold! // true: nothing like it was in the training examples
 */
export const fitOutlierDetector = async (
  { examples, labels }: LabelledExamples,
  classes: number,
  { references: wanted = 500, seed = 0 }: OutlierFitOptions = {},
): Promise<OutlierDetector> => {
  if (examples.size === 0 || labels.length !== examples.size || examples.shape.length !== 1) {
    throw new RegraftError({
      code: examples.size === 0 ? 'data-too-small' : 'data-invalid',
      message: `A detector is fitted to a row of features and a label for each of some examples. Received: ${examples.size} examples of shape [${examples.shape.join(', ')}] and ${labels.length} labels.`,
      hint: 'Give pooled features of the training examples.',
    });
  }
  const features = examples.shape[0]!;
  const sample = stratifiedSample(labels, classes, wanted, seed);
  const references = new Float32Array(sample.length * features);
  await examples.read(sample, references);
  const counts = countLabels(
    sample.map((index) => labels[index]!),
    classes,
  ).filter((count) => count > 0);
  return {
    version: 1,
    features,
    neighbours: Math.min(mostNeighbours, ...counts),
    references: normaliseRows(references, features),
    threshold: null,
    falseAlarms: null,
  };
};

/**
 * How unlike the training examples each row of features `[n, features]` is: a distance from 0 to 2 on the sphere.
 * Throws `data-invalid`.
 */
export const outlierScores = (
  { features, neighbours, references }: OutlierDetector,
  rows: Float32Array,
): Float32Array => {
  const own = normaliseRows(rows.slice(), features);
  const scores = new Float32Array(own.length / features);
  const similarities = new Float64Array(references.length / features);
  for (let row = 0; row < scores.length; row++) {
    const start = row * features;
    for (let reference = 0; reference < similarities.length; reference++) {
      const other = reference * features;
      let product = 0;
      for (let index = 0; index < features; index++)
        product += own[start + index]! * references[other + index]!;
      similarities[reference] = product;
    }
    const nearest = similarities.toSorted()[similarities.length - neighbours]!;
    scores[row] = Math.sqrt(Math.max(0, 2 - 2 * nearest));
  }
  return scores;
};

/**
 * A detector with the threshold that at most `falseAlarms` of new inputs exceed if they are of the kind of `heldOut`
 * `[n, features]`, whatever the features' distribution: the conformal quantile (Vovk, Gammerman and Shafer,
 * "Algorithmic learning in a random world", 2005). Held-out examples must not be among the references. Below
 * 1 / falseAlarms - 1 of them no threshold keeps that promise, and it is null. Throws `data-invalid`.
 */
export const setFalseAlarms = (
  detector: OutlierDetector,
  heldOut: Float32Array,
  falseAlarms: number,
): OutlierDetector => {
  const scores = outlierScores(detector, heldOut).sort();
  const rank = Math.ceil((scores.length + 1) * (1 - falseAlarms) - 1e-9);
  return { ...detector, threshold: scores[rank - 1] ?? null, falseAlarms };
};

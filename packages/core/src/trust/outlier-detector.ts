import { RegraftError } from '@regraft/errors';
import { z } from 'zod';
import { choleskyFactor, solveLower } from '../statistics/cholesky.js';
import type { LabelledExamples } from '../training/example-source.js';
import { stratifiedSample } from '../training/head/stratified.js';

/** What tells inputs that resemble the training examples from those that don't. Plain data. */
export const outlierDetectorSchema = z.object({
  version: z.literal(2),
  /** Numbers of a row of features. */
  features: z.int().positive(),
  /** `[features]`: the mean of training rows of length 1. */
  centre: z.custom<Float32Array>((value) => value instanceof Float32Array),
  /** `[n, features]`: training rows of length 1, less the centre. */
  references: z.custom<Float32Array>((value) => value instanceof Float32Array),
  /** How much of a row counts as its own, and not as what references have in common: their squared lengths over `features`. */
  ridge: z.number().positive(),
  /** `[n, n]`: Cholesky's factor of the references' products with the ridge on the diagonal. */
  factor: z.custom<Float64Array>((value) => value instanceof Float64Array),
  /** An input that scores more is an outlier. Null until `setFalseAlarms`, or if it had too few examples. */
  threshold: z.number().nullable(),
  /** The share of inputs of the training examples' kind that are taken for outliers, at most. */
  falseAlarms: z.number().nullable(),
});

export type OutlierDetector = z.infer<typeof outlierDetectorSchema>;

/** Where references are all alike. */
const smallestRidge = 1e-9;

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

/** The product of a row with each reference, four at a time: they share the loads of the row's numbers. */
const productsWith = (references: Float32Array, row: Float32Array): Float64Array => {
  const width = row.length;
  const count = references.length / width;
  const products = new Float64Array(count);
  for (let reference = 0; reference < count; reference += 4) {
    // References that are not there are computed as the last one again.
    const start = (offset: number): number => Math.min(reference + offset, count - 1) * width;
    const [first, second, third, fourth] = [start(0), start(1), start(2), start(3)];
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let index = 0; index < width; index++) {
      const value = row[index]!;
      a += value * references[first + index]!;
      b += value * references[second + index]!;
      c += value * references[third + index]!;
      d += value * references[fourth + index]!;
    }
    products.set([a, b, c, d].slice(0, count - reference), reference);
  }
  return products;
};

const squaredLength = (row: Float32Array | Float64Array): number => {
  let total = 0;
  for (const value of row) total += value * value;
  return total;
};

const centreOf = (rows: Float32Array, features: number): Float32Array => {
  const centre = new Float64Array(features);
  for (let index = 0; index < rows.length; index++) centre[index % features]! += rows[index]!;
  return Float32Array.from(centre, (total) => (total * features) / rows.length);
};

/**
 * A detector of inputs unlike the training examples, from their pooled features `[features]`: how long the part of a row
 * is that a sample of training rows doesn't account for, all scaled to length 1 and centred. That is the Mahalanobis distance
 * with a covariance half-way to a round one of the same size (Ledoit and Wolf, "A well-conditioned estimator for
 * large-dimensional covariance matrices", 2004), computed by the rows' products, so that more features than examples do
 * no harm. Why this and no other: docs/decisions/2026-11-25-none-of-these-by-what-is-left-over.md. The same seed gives
 * the same detector. Throws `data-invalid` and `data-too-small`.
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
  normaliseRows(references, features);
  const centre = centreOf(references, features);
  for (let index = 0; index < references.length; index++) references[index]! -= centre[index % features]!;
  const ridge = Math.max(squaredLength(references) / features, smallestRidge);
  const products = new Float64Array(sample.length ** 2);
  for (let row = 0; row < sample.length; row++) {
    const upToRow = references.subarray(0, (row + 1) * features);
    products.set(productsWith(upToRow, upToRow.subarray(row * features)), row * sample.length);
    products[row * sample.length + row]! += ridge;
  }
  return {
    version: 2,
    features,
    centre,
    references,
    ridge,
    factor: choleskyFactor(products, sample.length),
    threshold: null,
    falseAlarms: null,
  };
};

/**
 * How unlike the training examples each row of features `[n, features]` is, from 0 to 2: the length of what they don't
 * account for. Throws `data-invalid`.
 */
export const outlierScores = (
  { features, centre, references, factor }: OutlierDetector,
  rows: Float32Array,
): Float32Array => {
  const own = normaliseRows(rows.slice(), features);
  const scores = new Float32Array(own.length / features);
  for (let row = 0; row < scores.length; row++) {
    const centred = own.subarray(row * features, (row + 1) * features);
    for (let index = 0; index < features; index++) centred[index]! -= centre[index]!;
    const accounted = squaredLength(solveLower(factor, productsWith(references, centred)));
    scores[row] = Math.sqrt(Math.max(0, squaredLength(centred) - accounted));
  }
  return scores;
};

/**
 * What the scores of the detector's own references would be if each were not among them (the leave-one-out variance of a
 * Gaussian process: Rasmussen and Williams, "Gaussian processes for machine learning", 2006, section 5.4.2).
 */
export const leaveOneOutScores = (
  { ridge }: Pick<OutlierDetector, 'ridge'>,
  scores: Float32Array,
): Float32Array => scores.map((score) => score / Math.sqrt(Math.max(1 - score ** 2 / ridge, Number.EPSILON)));

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

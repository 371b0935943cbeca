import { RegraftError } from '@regraft/errors';
import { z } from 'zod';

/** An example whose label is probably wrong. */
export const labelErrorSchema = z.object({
  /** Of the example. */
  index: z.int().nonnegative(),
  /** Class indexes. */
  given: z.int().nonnegative(),
  suggested: z.int().nonnegative(),
  /** Probability of the given label, out of sample: lowest first. */
  selfConfidence: z.number(),
  /** Probability of the given label minus that of the likeliest other, from -1 to 1. */
  margin: z.number(),
});

export const labelErrorsSchema = z.object({
  /** Most probable errors first. */
  errors: z.array(labelErrorSchema),
  /** Share of all labels estimated to be wrong. */
  noise: z.number(),
  n: z.int().positive(),
});

export type LabelError = z.infer<typeof labelErrorSchema>;
export type LabelErrors = z.infer<typeof labelErrorsSchema>;

const requireRows = (probabilities: Float32Array, labels: ArrayLike<number>, classes: number): void => {
  const n = labels.length;
  const stray = Array.from(labels).findIndex(
    (label) => !(Number.isInteger(label) && label >= 0 && label < classes),
  );
  if (n > 0 && probabilities.length === n * classes && stray === -1) return;
  const received =
    stray === -1
      ? `${probabilities.length} probabilities for ${n} labels of ${classes} classes`
      : `label ${labels[stray]} at example ${stray}`;
  throw new RegraftError({
    code: 'data-invalid',
    message: `Label errors are sought with one row of class probabilities and one class index for each example. Received: ${received}.`,
    hint: 'Predict probabilities of the labelled examples out of sample.',
  });
};

/** Of each class: mean probability of it over the examples labelled with it; more than any for a class without. */
const classThresholds = (probabilities: Float32Array, labels: ArrayLike<number>, classes: number) => {
  const totals = new Float64Array(classes);
  const counts = new Float64Array(classes);
  for (let index = 0; index < labels.length; index++) {
    const label = labels[index]!;
    totals[label]! += probabilities[index * classes + label]!;
    counts[label]!++;
  }
  return {
    counts,
    thresholds: totals.map((total, label) => (counts[label] === 0 ? 2 : total / counts[label]!)),
  };
};

/** The most probable class among those at or over their thresholds; -1 if none is. */
const confidentClass = (row: Float32Array, thresholds: Float64Array): number => {
  let found = -1;
  for (const [label, probability] of row.entries()) {
    if (probability >= thresholds[label]! - 1e-6 && (found === -1 || probability > row[found]!))
      found = label;
  }
  return found;
};

/** Share of the labels that are wrong: off-diagonal counts of the confident joint, scaled to the given counts. */
const estimateNoise = (probabilities: Float32Array, labels: ArrayLike<number>, classes: number): number => {
  const { counts, thresholds } = classThresholds(probabilities, labels, classes);
  const confident = new Float64Array(classes);
  const wrong = new Float64Array(classes);
  for (let index = 0; index < labels.length; index++) {
    const found = confidentClass(probabilities.subarray(index * classes, (index + 1) * classes), thresholds);
    if (found === -1) continue;
    confident[labels[index]!]!++;
    if (found !== labels[index]) wrong[labels[index]!]!++;
  }
  const scaled = wrong.map((count, label) =>
    count === 0 ? 0 : (counts[label]! * count) / confident[label]!,
  );
  return scaled.reduce((total, count) => total + count, 0) / labels.length;
};

/** An example against its likeliest other class. */
const weigh = (row: Float32Array, index: number, given: number): LabelError => {
  let suggested = given === 0 ? 1 : 0;
  for (const [label, probability] of row.entries()) {
    if (label !== given && probability > row[suggested]!) suggested = label;
  }
  return { index, given, suggested, selfConfidence: row[given]!, margin: row[given]! - row[suggested]! };
};

/**
 * Labels that are probably wrong, by confident learning (Northcutt, Jiang and Chuang, "Confident learning: estimating
 * uncertainty in dataset labels", 2021). How many there are comes from the confident joint: an example is counted with
 * the class that it belongs to more surely than the examples labelled so do on average. Which they are comes from the
 * self-confidence: so many of the lowest, of those where another class is likelier than the given one. (By the
 * normalised margin instead, 0.05 fewer of the first are wrong on the drawings of docs/benchmarks.md. Taking the joint's
 * own members misses the quarter of all wrong labels that are sure enough of no class.)
 *
 * `probabilities` `[n, classes]` must be out of sample (`outOfFoldProbabilities`): a model that was trained on a wrong
 * label tends to defend it. Throws `data-invalid`.
 *
 * @example findLabelErrors(probabilities, labels, 3).errors[0] // { index: 17, given: 0, suggested: 2, … }
 */
export const findLabelErrors = (
  probabilities: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
): LabelErrors => {
  requireRows(probabilities, labels, classes);
  const n = labels.length;
  const noise = estimateNoise(probabilities, labels, classes);
  const errors = Array.from(labels, (given, index) =>
    weigh(probabilities.subarray(index * classes, (index + 1) * classes), index, given),
  )
    .filter(({ margin }) => margin < 0)
    .sort((a, b) => a.selfConfidence - b.selfConfidence || a.index - b.index)
    .slice(0, Math.round(noise * n));
  return { errors, noise, n };
};

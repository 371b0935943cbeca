import { z } from 'zod';
import { debiasedCalibrationError } from '../evaluation/debiased-calibration-error.js';
import { metricSchema } from '../evaluation/evaluation-report.js';
import { metricsOf } from '../evaluation/metrics.js';
import { readOutcomes } from '../evaluation/read-outcomes.js';
import { addOutcome, emptyTally, rightAnswers } from '../evaluation/tally.js';
import { bisect } from '../statistics/bisect.js';
import { chiSquareTail } from '../statistics/chi-square-tail.js';

const beforeAndAfterSchema = z.object({ before: z.number(), after: z.number() });

/** What divides a model's logits so that its confidence is what its accuracy is. */
export const temperatureFitSchema = z.object({
  /** Above 1 the model is too sure of itself, below 1 not sure enough; 1 where there is no evidence of either. From 0.05 to 20. */
  temperature: z.number().positive(),
  /** How likely such a gain is by chance if 1 were right. Null in a fit from before that was asked. */
  pValue: z.number().nullable().default(null),
  /** True at either end of that range. */
  atBound: z.boolean(),
  /** Examples it was fitted to. */
  n: z.int().positive(),
  /** In nats, on those examples. */
  logLoss: beforeAndAfterSchema,
  /** Expected calibration error over 15 bins, on those examples. */
  calibrationError: beforeAndAfterSchema,
  /** What of it isn't chance: see `debiasedCalibrationError`. Null in a fit from before it was measured. */
  debiasedCalibrationError: z.object({ before: metricSchema, after: metricSchema }).nullable().default(null),
});

export type TemperatureFit = z.infer<typeof temperatureFitSchema>;

/** A gain in log loss that chance brings more often than this is no evidence. */
const significance = 0.05;

/** Inverse temperatures. */
const bounds = { low: 1 / 20, high: 20 };

/** The smallest normal float32: what a softmax in single precision made zero. */
const smallestProbability = 2 ** -126;

const logits = (probabilities: Float32Array): Float64Array =>
  Float64Array.from(probabilities, (probability) => Math.log(Math.max(probability, smallestProbability)));

/** A row's softmax at an inverse temperature, into `into`. */
const softmax = (row: Float64Array, inverse: number, into: Float64Array): void => {
  let largest = -Infinity;
  for (const value of row) largest = Math.max(largest, value);
  let total = 0;
  for (let index = 0; index < row.length; index++) {
    into[index] = Math.exp(inverse * (row[index]! - largest));
    total += into[index]!;
  }
  for (let index = 0; index < row.length; index++) into[index]! /= total;
};

/**
 * Probabilities `[n, classes]` of the same logits divided by a temperature. What is most probable stays so.
 *
 * @example const calibrated = applyTemperature(probabilities, 2, temperature);
 */
export const applyTemperature = (
  probabilities: Float32Array,
  classes: number,
  temperature: number,
): Float32Array => {
  const values = logits(probabilities);
  const own = new Float64Array(classes);
  const scaled = new Float32Array(probabilities.length);
  for (let start = 0; start < values.length; start += classes) {
    softmax(values.subarray(start, start + classes), 1 / temperature, own);
    scaled.set(own, start);
  }
  return scaled;
};

const score = (probabilities: Float32Array, labels: ArrayLike<number>, classes: number) => {
  const outcomes = readOutcomes(probabilities, labels, classes);
  const tally = emptyTally(classes);
  for (let index = 0; index < labels.length; index++) addOutcome(tally, outcomes, index);
  const right = rightAnswers(outcomes);
  const { logLoss, calibrationError } = metricsOf(tally);
  return {
    logLoss,
    calibrationError,
    debiased: debiasedCalibrationError(outcomes.confidence, right).error,
    mistakes: right.includes(0),
  };
};

/** The summed loss at an inverse temperature and its derivative by that, which rises with it: the loss is convex. */
const lossOf =
  (values: Float64Array, labels: ArrayLike<number>, classes: number, smoothing: number) =>
  (inverse: number): { loss: number; slope: number } => {
    const own = new Float64Array(classes);
    let [loss, slope] = [0, 0];
    for (let index = 0; index < labels.length; index++) {
      const row = values.subarray(index * classes, (index + 1) * classes);
      softmax(row, inverse, own);
      for (let label = 0; label < classes; label++) {
        const target = label === labels[index] ? 1 - smoothing : smoothing / (classes - 1);
        if (target > 0) loss -= target * Math.log(Math.max(own[label]!, smallestProbability));
        slope += (own[label]! - target) * row[label]!;
      }
    }
    return { loss, slope };
  };

/**
 * Temperature scaling (Guo et al., "On calibration of modern neural networks", 2017): the temperature of the lowest log
 * loss on held-out probabilities `[n, classes]`. Their logarithms serve as logits, which softmax doesn't tell apart.
 *
 * Few examples find a temperature that is better for them alone. So it stays 1 unless the gain in log loss is more than
 * chance brings (likelihood-ratio test, Wilks 1938, at 5 %): a model that isn't shown to be too sure keeps its confidence.
 *
 * Where every example is right the loss falls for as long as the temperature does, and n examples don't show that
 * mistakes never happen. Then the given class is taken to have the probability (n + 1) / (n + 2), by the rule of
 * succession, as Platt ("Probabilistic outputs for support vector machines", 1999) does for the same reason. With one
 * class, or probabilities that are all alike, the temperature is 1. The scores after are on the examples it was fitted
 * to; with one number fitted that flatters little. Throws `data-invalid` for what `evaluatePredictions` refuses.
 *
 * @example fitTemperature(probabilities, labels, 2).temperature // 1.8
 */
export const fitTemperature = (
  probabilities: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
): TemperatureFit => {
  const before = score(probabilities, labels, classes);
  const n = labels.length;
  const lossAt = lossOf(logits(probabilities), labels, classes, before.mistakes ? 0 : 1 / (n + 2));
  const slope = (inverse: number): number => lossAt(inverse).slope;
  const flat = classes === 1 || (slope(bounds.low) === 0 && slope(bounds.high) === 0);
  const lowest = flat ? 1 : bisect(slope, bounds.low, bounds.high);
  const gain = flat ? 0 : Math.max(0, lossAt(1).loss - lossAt(lowest).loss);
  const pValue = chiSquareTail(2 * gain, 1);
  const inverse = pValue < significance ? lowest : 1;
  const atBound = Math.min(inverse - bounds.low, bounds.high - inverse) < 1e-9;
  const after = score(applyTemperature(probabilities, classes, 1 / inverse), labels, classes);
  return {
    temperature: 1 / inverse,
    pValue,
    atBound,
    n,
    logLoss: { before: before.logLoss, after: after.logLoss },
    calibrationError: { before: before.calibrationError, after: after.calibrationError },
    debiasedCalibrationError: { before: before.debiased, after: after.debiased },
  };
};

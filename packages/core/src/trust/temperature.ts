import { z } from 'zod';
import { metricsOf } from '../evaluation/metrics.js';
import { readOutcomes } from '../evaluation/read-outcomes.js';
import { addOutcome, emptyTally } from '../evaluation/tally.js';
import { bisect } from '../statistics/bisect.js';

const beforeAndAfterSchema = z.object({ before: z.number(), after: z.number() });

/** What divides a model's logits so that its confidence is what its accuracy is. */
export const temperatureFitSchema = z.object({
  /** Above 1 the model is too sure of itself, below 1 not sure enough. From 0.05 to 20. */
  temperature: z.number().positive(),
  /** True at either end of that range. */
  atBound: z.boolean(),
  /** Examples it was fitted to. */
  n: z.int().positive(),
  /** In nats, on those examples. */
  logLoss: beforeAndAfterSchema,
  /** Expected calibration error over 15 bins, on those examples. */
  calibrationError: beforeAndAfterSchema,
});

export type TemperatureFit = z.infer<typeof temperatureFitSchema>;

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
  return {
    ...metricsOf(tally),
    mistakes: outcomes.actual.some((label, at) => label !== outcomes.predicted[at]),
  };
};

/** The derivative of the summed loss by the inverse temperature, which rises with it: the loss is convex. */
const slopeOf = (values: Float64Array, labels: ArrayLike<number>, classes: number, smoothing: number) => {
  const own = new Float64Array(classes);
  return (inverse: number): number => {
    let slope = 0;
    for (let index = 0; index < labels.length; index++) {
      const row = values.subarray(index * classes, (index + 1) * classes);
      softmax(row, inverse, own);
      for (let label = 0; label < classes; label++) {
        const target = label === labels[index] ? 1 - smoothing : smoothing / (classes - 1);
        slope += (own[label]! - target) * row[label]!;
      }
    }
    return slope;
  };
};

/**
 * Temperature scaling (Guo et al., "On calibration of modern neural networks", 2017): the temperature of the lowest log
 * loss on held-out probabilities `[n, classes]`. Their logarithms serve as logits, which softmax doesn't tell apart.
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
  const slope = slopeOf(logits(probabilities), labels, classes, before.mistakes ? 0 : 1 / (n + 2));
  const flat = classes === 1 || (slope(bounds.low) === 0 && slope(bounds.high) === 0);
  const inverse = flat ? 1 : bisect(slope, bounds.low, bounds.high);
  const atBound = Math.min(inverse - bounds.low, bounds.high - inverse) < 1e-9;
  const after = score(applyTemperature(probabilities, classes, 1 / inverse), labels, classes);
  return {
    temperature: 1 / inverse,
    atBound,
    n,
    logLoss: { before: before.logLoss, after: after.logLoss },
    calibrationError: { before: before.calibrationError, after: after.calibrationError },
  };
};

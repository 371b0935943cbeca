import {
  accuracyGap,
  type EvaluationReport,
  evaluatePredictions,
  type LabelledExamples,
  type Model,
  predictProbabilities,
} from '@regraft/core';
import type { SplitFeatures } from '../fit/extract-features.js';
import type { ExampleOutcomes, Measurements } from './arm-outcome.js';

/** Probabilities are float32: a smaller one is as good as 0. */
const smallestProbability = 1e-7;

const outcomesOf = (
  probabilities: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
): ExampleOutcomes => {
  const rows = Array.from({ length: labels.length }, (_, row) =>
    probabilities.subarray(row * classes, (row + 1) * classes),
  );
  return {
    correct: rows.map((row, index) => Number(row.indexOf(Math.max(...row)) === labels[index])),
    loss: rows.map((row, index) => -Math.log(Math.max(row[labels[index]!]!, smallestProbability))),
  };
};

interface SplitMeasurement {
  readonly report: EvaluationReport;
  readonly outcomes: ExampleOutcomes;
}

/** Measures a model on each split, from the activations at its cut. */
export const measureSplits = async (
  model: Model,
  { train, validation, test }: Pick<SplitFeatures, 'test' | 'train' | 'validation'>,
  { seed, signal }: { seed: number; signal: AbortSignal },
): Promise<Measurements> => {
  const measure = async ({ examples, labels }: LabelledExamples): Promise<SplitMeasurement> => {
    const probabilities = await predictProbabilities(model, examples, { signal });
    const report = evaluatePredictions({ probabilities, labels, classNames: model.labels, seed });
    return { report, outcomes: outcomesOf(probabilities, labels, model.labels.length) };
  };
  const trained = await measure(train[0]!);
  const validated = validation === null ? null : await measure(validation);
  const tested = test === null ? null : await measure(test);
  return {
    train: trained.report.accuracy,
    validation: validated?.report.accuracy ?? null,
    test: tested?.report.accuracy ?? null,
    gap: validated && accuracyGap(trained.report, validated.report),
    outcomes: { validation: validated?.outcomes ?? null, test: tested?.outcomes ?? null },
  };
};

import {
  accuracyGap,
  applyTemperature,
  type EvaluationReport,
  evaluatePredictions,
  type LabelledExamples,
  type Model,
  predictProbabilities,
} from '@regraft/core';
import type { RunMetrics } from '../runs/run-event.js';
import type { SplitFeatures } from './extract-features.js';

/** What is measured on the splits of the run's own data. */
export type SplitMetrics = Pick<RunMetrics, 'gap' | 'test' | 'train' | 'validation'>;

export interface EvaluateModelOptions {
  /** What its probabilities are calibrated by. */
  readonly temperature: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** Measures a trained model on each split, from the activations at its cut, by the probabilities it will answer with. */
export const evaluateModel = async (
  model: Model,
  features: SplitFeatures,
  { temperature, seed, signal }: EvaluateModelOptions,
): Promise<SplitMetrics> => {
  const measure = async ({ examples, labels }: LabelledExamples): Promise<EvaluationReport> => {
    const own = await predictProbabilities(model, examples, { signal });
    const probabilities = applyTemperature(own, model.labels.length, temperature);
    return evaluatePredictions({ probabilities, labels, classNames: model.labels, seed });
  };
  const train = await measure(features.train[0]!);
  const validation = features.validation && (await measure(features.validation));
  const test = features.test && (await measure(features.test));
  return { train, validation, test, gap: validation && accuracyGap(train, validation) };
};

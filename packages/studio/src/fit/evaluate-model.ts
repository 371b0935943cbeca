import {
  accuracyGap,
  type EvaluationReport,
  evaluatePredictions,
  type LabelledExamples,
  type Model,
  predictProbabilities,
} from '@regraft/core';
import type { RunMetrics } from '../runs/run-event.js';
import type { SplitFeatures } from './extract-features.js';

/** What is measured on the splits of the run's own data. */
export type SplitMetrics = Pick<RunMetrics, 'train' | 'validation' | 'test' | 'gap'>;

/** Measures a trained model on each split, from the activations at its cut. */
export const evaluateModel = async (
  model: Model,
  features: SplitFeatures,
  { seed, signal }: { seed: number; signal: AbortSignal },
): Promise<SplitMetrics> => {
  const measure = async ({ examples, labels }: LabelledExamples): Promise<EvaluationReport> => {
    const probabilities = await predictProbabilities(model, examples, { signal });
    return evaluatePredictions({ probabilities, labels, classNames: model.labels, seed });
  };
  const train = await measure(features.train[0]!);
  const validation = features.validation && (await measure(features.validation));
  const test = features.test && (await measure(features.test));
  return { train, validation, test, gap: validation && accuracyGap(train, validation) };
};

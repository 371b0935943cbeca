import type { Model } from '../grafting/model.js';
import type { LabelledExamples } from '../training/example-source.js';
import { readLabels } from '../training/training-data.js';
import { evaluatePredictions } from './evaluate-predictions.js';
import type { EvaluationReport } from './evaluation-report.js';
import { type PredictOptions, predictProbabilities } from './predict-probabilities.js';

export interface EvaluateOptions extends PredictOptions {
  /** Of the bootstrap. */
  readonly seed?: number;
  readonly resamples?: number;
}

/**
 * Scores a model on labelled examples, images or activations cached at its cut. Throws as `predictProbabilities` and
 * `evaluatePredictions` do.
 *
 * @example const { accuracy } = await evaluate(model, { examples, labels });
 */
export const evaluate = async (
  model: Model,
  data: LabelledExamples,
  { seed, resamples, ...options }: EvaluateOptions = {},
): Promise<EvaluationReport> => {
  const labels = readLabels(data, model.labels.length);
  const probabilities = await predictProbabilities(model, data.examples, options);
  return evaluatePredictions({
    probabilities,
    labels,
    classNames: model.labels,
    ...(seed !== undefined && { seed }),
    ...(resamples !== undefined && { resamples }),
  });
};

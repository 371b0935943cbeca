import {
  examplesFromArray,
  outOfFoldProbabilities,
  pooledFeatures,
  type TrainingResult,
} from '@regraft/core';
import { selectRows } from '../features/select-rows.js';
import type { Recipe } from '../recipe/recipe.js';
import type { HeldOutAnswers } from '../trust/measure-trust.js';
import { fewestToCalibrate } from '../trust/trust.js';
import type { HeadKind } from './choose-head.js';
import type { SplitFeatures } from './extract-features.js';

/** So many validation images calibrate a model alone. */
const enoughValidation = 250;

/** Heads for more training images would take longer than they are worth. */
const mostTraining = 5000;

export interface UnseenOptions {
  /** How the model got its head. */
  readonly head: HeadKind;
  readonly training: Recipe['training'];
  readonly signal: AbortSignal;
}

/** Whether the model is its backbone with a new head fitted to the training images as they are, and nothing else. */
const hasPlainHead = (
  { best, head: fit }: TrainingResult,
  { train }: SplitFeatures,
  { head, training }: UnseenOptions,
): boolean =>
  head === 'replace' &&
  fit?.solver === 'exact' &&
  (best.phase === 'head' || best.epoch === 0) &&
  train.length === 1 &&
  training.labelSmoothing === 0;

/**
 * Answers to a model's own training images by heads like its own that haven't seen the image they answer: six times as
 * many to calibrate by as there are validation images. Null where these are enough, or too few to calibrate at all; where no
 * class has two training images; and for a model that is more than a new head, since its blocks have seen them.
 */
export const answerUnseen = async (
  trained: TrainingResult,
  features: SplitFeatures,
  options: UnseenOptions,
): Promise<HeldOutAnswers | null> => {
  const { examples, labels } = features.train[0]!;
  const validation = features.validation?.labels.length ?? 0;
  const isWorthIt = validation >= fewestToCalibrate && validation < enoughValidation;
  const isFeasible = labels.length <= mostTraining && new Set(Array.from(labels)).size < labels.length;
  if (!isWorthIt || !isFeasible || !hasPlainHead(trained, features, options)) return null;
  const { model, head } = trained;
  const { signal, training } = options;
  const values = await pooledFeatures(model, examples, { signal });
  const { probabilities, folds } = await outOfFoldProbabilities(
    { examples: examplesFromArray(values, [values.length / labels.length]), labels },
    model.labels.length,
    { regularisation: head!.regularisation!, classWeights: training.classWeights, signal },
  );
  const classes = model.labels.length;
  const unseen = [...folds.keys()].filter((row) => folds[row] !== -1);
  return {
    probabilities: selectRows(probabilities, classes, unseen),
    labels: Int32Array.from(unseen, (row) => labels[row]!),
  };
};

import { type LabelledExamples, type Model, predictProbabilities } from '@regraft/core';
import type { AccuracyChange } from '../evaluate/accuracy-change.js';
import { compareAccuracy } from '../evaluate/compare-accuracy.js';
import { rightAnswers } from '../evaluate/right-answers.js';

/** A model before and after its training: both take the same activations. */
export interface TrainedPair {
  readonly before: Model;
  readonly after: Model;
  /** Labels that the model before can answer with: its first ones, if its head was extended since. */
  readonly answers: number;
}

/** What training changed on labelled examples at the cut. */
export const measureChange = async (
  { before, after, answers }: TrainedPair,
  { examples, labels }: LabelledExamples,
  signal: AbortSignal,
): Promise<AccuracyChange> => {
  const width = after.labels.length;
  const earlier = await predictProbabilities(before, examples, { signal });
  const later = await predictProbabilities(after, examples, { signal });
  return compareAccuracy(
    rightAnswers(earlier, labels, { width, answers }),
    rightAnswers(later, labels, { width }),
  );
};

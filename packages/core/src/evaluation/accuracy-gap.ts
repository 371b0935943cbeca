import { RegraftError } from '@regraft/errors';
import { z } from 'zod';
import type { EvaluationReport } from './evaluation-report.js';
import { combinedScoreInterval } from './score-interval.js';

/** How much better a model does on one set of examples than on another, with a 95 % interval. */
export const accuracyGapSchema = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  /** Examples in the first and the second set. */
  n: z.tuple([z.int().positive(), z.int().positive()]),
});

export type AccuracyGap = z.infer<typeof accuracyGapSchema>;

const correct = ({ confusion, n }: EvaluationReport): { successes: number; trials: number } => ({
  successes: confusion.reduce((total, row, index) => total + row[index]!, 0),
  trials: n,
});

/**
 * First accuracy minus second, of two independent sets (Newcombe's hybrid score interval, 1998). For training and
 * validation: an interval above zero is evidence of over-fitting.
 *
 * @example accuracyGap(trainingReport, validationReport) // { value: 0.12, low: 0.05, high: 0.2, n: [360, 154] }
 */
export const accuracyGap = (first: EvaluationReport, second: EvaluationReport): AccuracyGap => {
  if (first.classNames.join('\n') !== second.classNames.join('\n')) {
    throw new RegraftError({
      code: 'labels-mismatch',
      message: `Accuracies are compared over the same classes in the same order. Received: ${first.classNames.join(', ')} and ${second.classNames.join(', ')}.`,
      hint: 'Evaluate the same model on both sets.',
    });
  }
  const parts = [correct(first), correct(second)];
  const [a, b] = parts.map(({ successes, trials }) => successes / trials);
  const { low, high } = combinedScoreInterval(parts, [1, -1]);
  return { value: a! - b!, low, high, n: [first.n, second.n] };
};

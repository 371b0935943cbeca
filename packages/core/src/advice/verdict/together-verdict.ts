import { z } from 'zod';
import { metricSchema } from '../../evaluation/evaluation-report.js';
import { pairedDifferenceSchema } from '../comparison/paired-difference.js';

/**
 * How one model may serve two data sets: `separate` is one trunk with a head for each, `joint` one head over all labels,
 * `sequence` a head trained on the first and then, without the first, on the second.
 */
export const strategySchema = z.enum(['joint', 'separate', 'sequence']);

export type Strategy = z.infer<typeof strategySchema>;

const strategyReportSchema = z.object({
  strategy: strategySchema,
  /** On the test images of the first and of the second data set. */
  accuracy: z.tuple([metricSchema, metricSchema]),
  /** Against the joint head, on the same images; null for the joint head itself. */
  difference: z.tuple([pairedDifferenceSchema, pairedDifferenceSchema]).nullable(),
  seconds: z.number().nonnegative(),
});

export type StrategyReport = z.infer<typeof strategyReportSchema>;

/** Which way two data sets are best served by one trunk, and what each way gets right. */
export const togetherVerdictSchema = z.object({
  format: z.literal(1),
  headline: z.string(),
  reasons: z.array(z.string()),
  recommended: strategySchema,
  /** The commands that do it. */
  commands: z.array(z.string()).min(1),
  start: z.string(),
  data: z.tuple([z.string(), z.string()]),
  labels: z.tuple([z.array(z.string()), z.array(z.string())]),
  strategies: z.array(strategyReportSchema),
  /** What the first data set loses when the second comes after it: against its own head, on its test images. */
  lost: pairedDifferenceSchema.nullable(),
  notTried: z.array(z.string()),
  seconds: z.number().nonnegative(),
  createdAt: z.string(),
});

export type TogetherVerdict = z.infer<typeof togetherVerdictSchema>;

/**
 * The way to go: one joint head, for it asks nobody which data set an image is from, unless another way is shown to be
 * right more often on one data set (its 95 % interval against the joint head is above nothing) and on neither is shown
 * to be right less often.
 */
export const recommendStrategy = (strategies: readonly StrategyReport[]): Strategy => {
  const better = strategies.find(
    ({ difference }) => difference?.some(({ low }) => low > 0) && difference.every(({ high }) => high >= 0),
  );
  return better?.strategy ?? 'joint';
};

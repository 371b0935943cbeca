import { z } from 'zod';
import { accuracyGapSchema } from '../../evaluation/accuracy-gap.js';
import { metricSchema } from '../../evaluation/evaluation-report.js';

/** One arm of a comparison in a few numbers. */
export const armSummarySchema = z.object({
  /** `keep`, `head`, `last-2`, … `all`, `scratch`. */
  name: z.string(),
  /** Blocks that trained below the head; null for an arm that is no depth. */
  blocks: z.int().nonnegative().nullable(),
  status: z.enum(['finished', 'dropped', 'out-of-time']),
  /** Epochs that its blocks trained. */
  epochs: z.int().nonnegative(),
  seconds: z.number().nonnegative(),
  /** Accuracies; null where the arm did not finish, or has no such images. */
  train: metricSchema.nullable(),
  validation: metricSchema.nullable(),
  test: metricSchema.nullable(),
  /** Training accuracy minus validation accuracy. */
  gap: accuracyGapSchema.nullable(),
});

export type ArmSummary = z.infer<typeof armSummarySchema>;

import { accuracyGapSchema, armChoiceSchema, freezePlanSchema, metricSchema } from '@regraft/core/schemas';
import { z } from 'zod';
import type { ArmOutcome } from './arm-outcome.js';

/** One arm of a comparison in a few numbers. */
export const armSummarySchema = z.object({
  name: z.string(),
  /** Blocks that trained below the head; null for an arm that is no depth. */
  blocks: z.int().nonnegative().nullable(),
  status: z.enum(['finished', 'dropped', 'out-of-time']),
  /** Epochs that its blocks trained. */
  epochs: z.int().nonnegative(),
  seconds: z.number().nonnegative(),
  train: metricSchema.nullable(),
  validation: metricSchema.nullable(),
  test: metricSchema.nullable(),
  /** Training accuracy minus validation accuracy. */
  gap: accuracyGapSchema.nullable(),
});

export type ArmSummary = z.infer<typeof armSummarySchema>;

/** Why a run trains to the depth that it does. */
export const depthDecisionSchema = z.object({
  /** The name of the arm. */
  chosen: z.string(),
  plan: freezePlanSchema,
  /** Null where there was nothing to compare by. */
  choice: armChoiceSchema.nullable(),
  arms: z.array(armSummarySchema),
  seconds: z.number().nonnegative(),
});

export type DepthDecision = z.infer<typeof depthDecisionSchema>;

export const summariseArm = ({
  name,
  blocks,
  status,
  history,
  seconds,
  measured,
}: ArmOutcome): ArmSummary => ({
  name,
  blocks,
  status,
  epochs: history.filter(({ phase }) => phase === 'tail').length,
  seconds,
  train: measured?.train ?? null,
  validation: measured?.validation ?? null,
  test: measured?.test ?? null,
  gap: measured?.gap ?? null,
});

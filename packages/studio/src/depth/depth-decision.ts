import { type ArmSummary, armChoiceSchema, armSummarySchema, freezePlanSchema } from '@regraft/core/schemas';
import { z } from 'zod';
import type { ArmOutcome } from './arm-outcome.js';

/** Why a run trains to the depth that it does. */
export const depthDecisionSchema = z.object({
  /** The name of the arm. */
  chosen: z.string(),
  plan: freezePlanSchema,
  /** Null where there was nothing to compare by. */
  choice: armChoiceSchema.nullable(),
  arms: z.array(armSummarySchema),
  /** Why the deeper arms were not tried, in words, where they were not. */
  skipped: z.string().nullable(),
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

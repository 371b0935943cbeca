import { z } from 'zod';
import { reasonSchema } from './reason.js';

/** What to do. */
export const actionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('keep') }),
  z.object({ kind: z.literal('head-only') }),
  z.object({ kind: z.literal('last'), blocks: z.int().positive() }),
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('collect-more') }),
  z.object({ kind: z.literal('from-scratch') }),
  z.object({ kind: z.literal('other-backbone'), backbone: z.string() }),
]);

export type Action = z.infer<typeof actionSchema>;

/** What to do, why, and how sure that is. */
export const recommendationSchema = z.object({
  action: actionSchema,
  /** The weightiest first. */
  reasons: z.array(reasonSchema).min(1),
  confidence: z.enum(['high', 'moderate', 'low']),
});

export type Recommendation = z.infer<typeof recommendationSchema>;

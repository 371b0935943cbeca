import { z } from 'zod';
import { evidenceSchema } from './evidence.js';
import { recommendationSchema } from './recommendation.js';

/** What to do with a version and new data, why, and everything that was measured: in words and in numbers. */
export const verdictSchema = z.object({
  format: z.literal(1),
  /** One sentence that says the reason and what to do. */
  headline: z.string(),
  recommendation: recommendationSchema,
  /** A sentence for each of the two or three weightiest reasons. */
  reasons: z.array(z.string()),
  /** The command that does it; null where there is nothing to do. */
  command: z.string().nullable(),
  evidence: evidenceSchema,
  seconds: z.number().nonnegative(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
});

export type Verdict = z.infer<typeof verdictSchema>;

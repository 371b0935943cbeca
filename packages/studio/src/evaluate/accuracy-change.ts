import { metricSchema, pairedDifferenceSchema } from '@regraft/core/schemas';
import { z } from 'zod';

/** How often two models are right on the same images: the earlier one, the later one, and the difference. */
export const accuracyChangeSchema = z.object({
  before: metricSchema,
  after: metricSchema,
  /** Later minus earlier. */
  difference: pairedDifferenceSchema,
});

export type AccuracyChange = z.infer<typeof accuracyChangeSchema>;

import { z } from 'zod';
import { accuracyChangeSchema } from './accuracy-change.js';

/** What a version lost, or gained, on held-out images of the data that the version before it was trained on. */
export const forgettingSchema = accuracyChangeSchema.extend({
  /** The split of the old data that the images are from. */
  split: z.enum(['test', 'validation']),
  /** Old images that could not be read any more and were left out. */
  unreadable: z.int().nonnegative(),
});

export type Forgetting = z.infer<typeof forgettingSchema>;

import { z } from 'zod';

const probability = z.number().min(0).max(1);

/** Whether new features are drawn from another population than the reference, and what could have been seen. */
export const driftReportSchema = z.object({
  /** `drift`: the MMD test's p-value is at most alpha. `no-evidence` is not evidence of none: see `detectable`. */
  decision: z.enum(['drift', 'no-evidence']),
  alpha: probability,
  seed: z.int(),
  /** Rows given, and rows drawn from them for the tests. */
  reference: z.object({ rows: z.int().positive(), used: z.int().positive() }),
  sample: z.object({ rows: z.int().positive(), used: z.int().positive() }),
  /** Maximum mean discrepancy on principal coordinates. It alone decides. */
  discrepancy: z.object({
    squared: z.number(),
    pValue: probability,
    /** The value to exceed; null where there are too few rows or permutations for any. */
    critical: z.number().nullable(),
    permutations: z.int().positive(),
    dimensions: z.int().positive(),
    bandwidth: z.number().positive(),
  }),
  /** A classifier that tells the sets apart, on held-out rows of them. Evidence beside the decision. */
  classifier: z.object({ area: probability, pValue: probability, heldOut: z.int().positive() }),
  /** Kolmogorov-Smirnov tests of single features, Bonferroni-adjusted. Evidence beside the decision. */
  features: z.object({
    tested: z.int().positive(),
    /** Features whose adjusted p-value is at most alpha. */
    different: z.int().nonnegative(),
    /** The smallest adjusted p-value: of the claim that any feature is different. */
    pValue: probability,
    /** The most different ones first. */
    most: z.array(
      z.object({ feature: z.int().nonnegative(), distance: probability, adjustedPValue: probability }),
    ),
  }),
  /**
   * The smallest shift of the mean in a random direction of the principal coordinates that would have been seen with
   * this `power`, in standard deviations along it; null where there are too few rows for any.
   */
  detectable: z.object({ shift: z.number().nullable(), power: probability, note: z.string() }),
  /**
   * The new rows that are farthest from the reference, the farthest first. Each p-value is of its row alone: of many
   * rows some have a small one where nothing changed.
   */
  farthest: z.array(z.object({ row: z.int().nonnegative(), distance: z.number(), pValue: probability })),
});

export type DriftReport = z.infer<typeof driftReportSchema>;

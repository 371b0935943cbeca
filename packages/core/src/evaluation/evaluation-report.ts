import { z } from 'zod';

/**
 * A number with a 95 % interval. `n` counts what the number was taken over: all examples, those of a class (recall),
 * those predicted as it (precision), or both together (F1). Value and bounds are null where they are undefined.
 */
export const metricSchema = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.int().nonnegative(),
  /**
   * `bootstrap`: resampled; `normal`: by its variance; `score`: Wilson's score interval, where few successes or failures
   * rule those out.
   */
  method: z.enum(['bootstrap', 'normal', 'score', 'none']),
});

export type Metric = z.infer<typeof metricSchema>;

export const classReportSchema = z.object({
  label: z.string(),
  /** Examples of the class. */
  support: z.int().nonnegative(),
  /** Examples taken for the class. */
  predicted: z.int().nonnegative(),
  precision: metricSchema,
  recall: metricSchema,
  f1: metricSchema,
});

/** What a model got right and wrong on a set of labelled examples. */
export const evaluationReportSchema = z.object({
  n: z.int().positive(),
  classNames: z.array(z.string()),
  accuracy: metricSchema,
  /** Mean recall of the classes that have examples. */
  balancedAccuracy: metricSchema,
  /** Mean of -log p(actual class), in nats. */
  logLoss: metricSchema,
  /** Expected calibration error over 15 bins of equal width. */
  calibrationError: metricSchema,
  /** What of it isn't chance: see `debiasedCalibrationError`. Null in a report from before it was measured. */
  debiasedCalibrationError: metricSchema.nullable().default(null),
  classes: z.array(classReportSchema),
  /** `confusion[actual][predicted]` counts examples. */
  confusion: z.array(z.array(z.int().nonnegative())),
  /** The most frequent confusions, most frequent first. */
  worstPairs: z.array(
    z.object({
      actual: z.string(),
      predicted: z.string(),
      count: z.int().positive(),
      /** Of the actual class's examples. */
      share: z.number(),
    }),
  ),
  resamples: z.int().positive(),
  seed: z.int(),
});

export type ClassReport = z.infer<typeof classReportSchema>;
export type EvaluationReport = z.infer<typeof evaluationReportSchema>;

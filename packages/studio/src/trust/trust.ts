import { abstentionSchema, outlierDetectorSchema, temperatureFitSchema } from '@regraft/core/schemas';
import { z } from 'zod';

/** How far a version's answers can be trusted, measured on its validation images. A part is null where they don't tell. */
export const trustSchema = z.object({
  /** Validation images that it was measured on. */
  images: z.int().nonnegative(),
  /** What makes the model as sure as it is right. */
  calibration: temperatureFitSchema.nullable(),
  /** The share of right answers that `abstention` was chosen for. */
  target: z.number(),
  /** From which confidence on it answers. */
  abstention: abstentionSchema.nullable(),
  /** The highest such share that the validation images can show, in whole per cent; null below a half. */
  reachable: z.number().nullable(),
  /**
   * What makes an image none of the labels, beside the training features kept with the version. One measured by another
   * version of the detector counts as none: its threshold would mean nothing.
   */
  outliers: outlierDetectorSchema
    .pick({ version: true })
    .extend({ references: z.int().positive(), threshold: z.number(), falseAlarms: z.number() })
    .nullable()
    .catch(null),
});

export type Trust = z.output<typeof trustSchema>;

/** What a version's probabilities are calibrated by; 1 where nothing is known. */
export const temperatureOf = (trust: Trust | null): number => trust?.calibration?.temperature ?? 1;

/** The share of right answers that a version aims at unless told. */
export const defaultTarget = 0.95;

/** The share of images of a version's own kind that it may take for none of its labels. */
export const falseAlarms = 0.05;

/** With fewer validation images than this, a temperature says more about them than about the model. */
export const fewestToCalibrate = 20;

/** With fewer validation images than this, no threshold keeps `falseAlarms`. */
export const fewestToTellOutliers = Math.ceil(1 / falseAlarms) - 1;

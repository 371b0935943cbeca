import { evaluationReportSchema } from '@regraft/core/schemas';
import { z } from 'zod';
import { splitSchema } from '../data/manifest.js';
import { versionCardSchema } from '../versions/version-card.js';

/** An image that the version was trained or measured on. */
const imageSchema = z.object({
  /** Absolute. */
  file: z.string(),
  split: splitSchema,
  /** As it was given. */
  label: z.string(),
});

const predictionSchema = z.object({
  predicted: z.string(),
  /** The likeliest labels first, at most five. */
  probabilities: z.array(z.object({ label: z.string(), probability: z.number() })),
});

const predictedImageSchema = imageSchema.extend({
  ...predictionSchema.shape,
  /** -log of the probability of the given label, in nats. */
  loss: z.number(),
});

const labelSuspectSchema = imageSchema.extend({
  suggested: z.string(),
  /** Probabilities by a head that hasn't seen the image. */
  givenProbability: z.number(),
  suggestedProbability: z.number(),
});

const alikePairSchema = z.object({
  images: z.tuple([imageSchema, imageSchema]),
  /** Bits of 64 in which their perceptual hashes differ. */
  distance: z.int().nonnegative(),
});

const outlierSchema = imageSchema.extend({
  /** How much of it the training images don't account for, 0 to 2. */
  distance: z.number(),
  /** Further away than `typicalLimit`. */
  isUnusual: z.boolean(),
});

const confusionSchema = z.object({
  actual: z.string(),
  predicted: z.string(),
  count: z.int().positive(),
  /** Held-out images of the actual label. */
  of: z.int().positive(),
  /** The surest mistakes first. */
  images: z.array(predictedImageSchema),
});

const chosenImageSchema = z.object({ file: z.string(), ...predictionSchema.shape });

const unreadableSchema = z.object({ file: z.string(), reason: z.string() });

/** What a version gets wrong, and which images may be to blame. */
export const inspectionReportSchema = z.object({
  version: z.string(),
  name: z.string().nullable(),
  run: z.int().positive(),
  labels: z.array(z.string()),
  /** From the stem to the head. */
  blocks: z.array(versionCardSchema.shape.blocks.element.pick({ name: true, state: true })),
  data: z.object({
    /** The data set's number in the store. */
    dataset: z.int().positive(),
    root: z.string(),
    /** Images inspected. */
    train: z.int().nonnegative(),
    validation: z.int().nonnegative(),
    test: z.int().nonnegative(),
    /** Images left out, because they could not be read: of the data and of those named. */
    unreadable: z.array(unreadableSchema),
    /** Files that are no longer where they were; what is cached of them was inspected. */
    gone: z.int().nonnegative(),
  }),
  /** Over the validation and test images together; null where there are none. */
  heldOut: evaluationReportSchema.nullable(),
  /** Validation and test images, the worst first. */
  topLosses: z.array(predictedImageSchema),
  /** Held-out images by what was taken for what, the most frequent first. */
  confusions: z.array(confusionSchema),
  /** Among training and validation images; null where there are too few. */
  labelErrors: z
    .object({
      n: z.int().positive(),
      /** Estimated share of labels that are wrong. */
      noise: z.number(),
      total: z.int().nonnegative(),
      images: z.array(labelSuspectSchema),
    })
    .nullable(),
  /** Images that look the same: across splits first, then across labels. */
  alike: z.object({
    /** Images compared. */
    n: z.int().nonnegative(),
    total: z.int().nonnegative(),
    acrossSplits: z.int().nonnegative(),
    pairs: z.array(alikePairSchema),
  }),
  /** Images least like the training images, the furthest first; null where there are too few. */
  outliers: z
    .object({
      n: z.int().positive(),
      /** One held-out image in fifty lies further away; null where there are too few to tell. */
      typicalLimit: z.number().nullable(),
      unusual: z.int().nonnegative(),
      images: z.array(outlierSchema),
    })
    .nullable(),
  /** Images that a heat map was asked for. */
  chosen: z.array(chosenImageSchema),
  seconds: z.number(),
});

export type InspectionReport = z.output<typeof inspectionReportSchema>;
export type InspectedImage = z.output<typeof imageSchema>;
export type InspectedPrediction = z.output<typeof predictionSchema>;
export type PredictedImage = z.output<typeof predictedImageSchema>;
export type LabelSuspect = z.output<typeof labelSuspectSchema>;
export type AlikePair = z.output<typeof alikePairSchema>;
export type OutlierImage = z.output<typeof outlierSchema>;
export type Confusion = z.output<typeof confusionSchema>;

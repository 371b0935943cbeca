import { z } from 'zod';
import { accuracyGapSchema } from '../../evaluation/accuracy-gap.js';
import { metricSchema } from '../../evaluation/evaluation-report.js';
import { armChoiceSchema } from '../comparison/choose-arm.js';
import { learningCurveSchema } from '../comparison/fit-learning-curve.js';
import { pairedDifferenceSchema } from '../comparison/paired-difference.js';
import { driftReportSchema } from '../drift/drift-report.js';
import { labelProportionsSchema } from '../drift/label-proportions.js';
import { labelShiftSchema } from '../drift/label-shift.js';
import { labelRelationSchema } from '../labels/label-relation.js';
import { armSummarySchema } from './arm-summary.js';

/** What the new data are to a version: images to test on, more of the same to train on, or something else. */
export const adviceCaseSchema = z.enum(['test-set', 'same-labels', 'new-labels', 'first-model']);

export type AdviceCase = z.infer<typeof adviceCaseSchema>;

const count = z.int().nonnegative();

/** New images that the version has seen before, or that look like ones it has. */
const duplicateFindingsSchema = z.object({
  /** Old images that the new ones were compared with. */
  compared: count,
  /** Old images that could not be read any more. */
  unreadable: count,
  exact: count,
  near: count,
  /** New images that are left out of every test, because the version was trained on them or on their like. */
  leftOut: count,
  examples: z.array(z.object({ old: z.string(), new: z.string(), bits: count })),
});

const pairedSchema = z.object({
  before: metricSchema,
  after: metricSchema,
  difference: pairedDifferenceSchema,
});

/** A backbone that might be started from instead. */
const backboneFindingSchema = z.object({
  id: z.string(),
  /** LogME of its features for the new labels, in nats an image; only differences mean something. */
  evidence: z.number(),
  /** Whether it is the one that the arms start from. */
  current: z.boolean(),
  /** Its head alone, where that was trained. */
  head: armSummarySchema.nullable(),
  /** How much more often it is right than the chosen arm, on the same images. */
  difference: pairedDifferenceSchema.nullable(),
});

/** All that was measured for a verdict. What was not measured is null. */
export const evidenceSchema = z.object({
  case: adviceCaseSchema,
  /** The version, or the backbone, that the advice is on. */
  start: z.string(),
  data: z.string(),
  images: z.object({ train: count, validation: count, test: count }),
  labels: labelRelationSchema.nullable(),
  duplicates: duplicateFindingsSchema.nullable(),
  drift: driftReportSchema.nullable(),
  /** The new images that look least like the old ones. */
  strangest: z.array(z.object({ path: z.string(), distance: z.number(), p: z.number() })),
  /** Of the new labels against those that the version was validated on. */
  proportions: labelProportionsSchema.nullable(),
  /** What predictions alone say of the new labels' shares. */
  labelShift: labelShiftSchema.nullable(),
  /** The version as it is, on new images that it was not trained on. */
  asItIs: metricSchema.nullable(),
  /** The version on its own held-out images, and how many points fewer it gets of the new ones. */
  atHome: metricSchema.nullable(),
  loss: accuracyGapSchema.nullable(),
  /** The share of the most frequent label among the validation images: what guessing gets right. */
  chance: z.number().min(0).max(1),
  arms: z.array(armSummarySchema),
  choice: armChoiceSchema.nullable(),
  /** The chosen arm against training from scratch, on the same images: positive where the chosen one is better. */
  referee: z.object({ arm: armSummarySchema, difference: pairedDifferenceSchema.nullable() }).nullable(),
  /** The chosen arm on what the version could do before. */
  forgetting: pairedSchema.nullable(),
  learningCurve: z
    .object({
      points: z.array(z.object({ size: count, error: z.number(), trials: count })),
      curve: learningCurveSchema,
    })
    .nullable(),
  backbones: z.array(backboneFindingSchema),
  /** What was left out, and why, in words. */
  notTried: z.array(z.string()),
});

export type Evidence = z.infer<typeof evidenceSchema>;

import { accuracyGapSchema, metricSchema } from '@regraft/core/schemas';
import { z } from 'zod';

/** How a model did on each example of a split. */
export const exampleOutcomesSchema = z.object({
  /** 1 where it was right, 0 where it was wrong. */
  correct: z.array(z.int().min(0).max(1)),
  /** -log of the probability of the label, in nats. */
  loss: z.array(z.number().nonnegative()),
});

export type ExampleOutcomes = z.infer<typeof exampleOutcomesSchema>;

/** Accuracies of a model on the splits of a data set, and its answers one by one on those it was not trained on. */
export const measurementsSchema = z.object({
  train: metricSchema.nullable(),
  validation: metricSchema.nullable(),
  test: metricSchema.nullable(),
  /** Training accuracy minus validation accuracy. */
  gap: accuracyGapSchema.nullable(),
  outcomes: z.object({
    validation: exampleOutcomesSchema.nullable(),
    test: exampleOutcomesSchema.nullable(),
  }),
});

export type Measurements = z.infer<typeof measurementsSchema>;

/** An epoch as a comparison sees it. */
const armEpochSchema = z.object({
  phase: z.enum(['head', 'tail']),
  epoch: z.int().positive(),
  epochs: z.int().positive(),
  loss: z.number(),
  accuracy: z.number(),
  validation: z.object({ loss: z.number(), accuracy: z.number() }).nullable(),
  learningRate: z.number().nullable(),
  seconds: z.number(),
});

/** What became of one arm of a comparison. */
export const armOutcomeSchema = z.object({
  name: z.string(),
  /** Blocks that trained below the head; null for an arm that is no depth. */
  blocks: z.int().nonnegative().nullable(),
  status: z.enum(['finished', 'dropped', 'out-of-time']),
  history: z.array(armEpochSchema),
  /** Of reading activations and training. */
  seconds: z.number().nonnegative(),
  /** Of a finished arm. */
  measured: measurementsSchema.nullable(),
  /** Its answers for the validation images with other seeds, where the call was close. */
  repeats: z.array(exampleOutcomesSchema).default([]),
});

export type ArmOutcome = z.infer<typeof armOutcomeSchema>;

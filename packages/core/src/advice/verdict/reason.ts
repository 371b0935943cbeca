import { z } from 'zod';
import { accuracyGapSchema } from '../../evaluation/accuracy-gap.js';
import { pairedDifferenceSchema } from '../comparison/paired-difference.js';

/** Why a verdict says what it says, with the numbers. */
export const reasonSchema = z.discriminatedUnion('kind', [
  /** The new images look like the old ones; `detectable` in standard deviations, null where nothing could be seen. */
  z.object({ kind: z.literal('looks-alike'), p: z.number(), n: z.int(), detectable: z.number().nullable() }),
  z.object({ kind: z.literal('looks-different'), p: z.number(), n: z.int() }),
  /** `loss`: accuracy at home minus accuracy on the new images. */
  z.object({ kind: z.literal('does-as-well'), loss: accuracyGapSchema }),
  z.object({ kind: z.literal('does-worse'), loss: accuracyGapSchema }),
  /** The chosen arm against another one, on the same images. */
  z.object({
    kind: z.literal('arm-better'),
    arm: z.string(),
    than: z.string(),
    difference: pairedDifferenceSchema,
  }),
  z.object({
    kind: z.literal('arm-ties'),
    arm: z.string(),
    with: z.string(),
    difference: pairedDifferenceSchema,
  }),
  z.object({ kind: z.literal('only-arm'), arm: z.string() }),
  /** The chosen arm minus training from scratch. */
  z.object({
    kind: z.literal('beats-scratch'),
    difference: pairedDifferenceSchema,
    speed: z.number().positive(),
  }),
  z.object({ kind: z.literal('draws-with-scratch'), difference: pairedDifferenceSchema }),
  z.object({ kind: z.literal('loses-to-scratch'), difference: pairedDifferenceSchema }),
  z.object({ kind: z.literal('backbone-better'), backbone: z.string(), difference: pairedDifferenceSchema }),
  /** What twice as many training images are likely to bring, as a share of all images. */
  z.object({
    kind: z.literal('more-images'),
    images: z.int(),
    gain: z.number(),
    low: z.number(),
    high: z.number(),
  }),
  z.object({ kind: z.literal('too-few-to-tell'), n: z.int() }),
  z.object({ kind: z.literal('learns-nothing'), accuracy: z.number(), chance: z.number(), n: z.int() }),
  z.object({ kind: z.literal('forgets'), difference: pairedDifferenceSchema }),
  z.object({ kind: z.literal('new-labels'), added: z.array(z.string()) }),
]);

export type Reason = z.infer<typeof reasonSchema>;

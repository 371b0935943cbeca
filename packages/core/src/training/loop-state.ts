import { z } from 'zod';
import type { LearnerState } from './learner.js';
import type { WeightMap } from './network-weights.js';

export const scoreSchema = z.object({ loss: z.number(), accuracy: z.number() });

export const epochRecordSchema = z.object({
  phase: z.enum(['head', 'tail']),
  epoch: z.int(),
  epochs: z.int(),
  loss: z.number(),
  accuracy: z.number(),
  validation: scoreSchema.nullable(),
  learningRate: z.number().nullable(),
  seconds: z.number(),
});

/** Where a loop stands between two steps. */
export const loopPositionSchema = z.object({
  /** The epoch under way, from 1; 0 before the network as it came is validated. */
  epoch: z.int(),
  /** How many of its steps are done. */
  step: z.int(),
  /** Over those steps. */
  sums: z.object({ loss: z.number(), hits: z.number(), count: z.number(), seconds: z.number() }),
  best: z.object({ epoch: z.int(), validation: scoreSchema.nullable() }),
});

export type LoopPosition = z.infer<typeof loopPositionSchema>;

/** Everything a loop needs to go on. */
export interface LoopState {
  readonly position: LoopPosition;
  readonly learner: LearnerState;
  readonly bestWeights: WeightMap;
}

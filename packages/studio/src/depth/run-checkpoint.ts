import type { Run, Store } from '@regraft/store';
import { z } from 'zod';
import { type ArmOutcome, armOutcomeSchema } from './arm-outcome.js';
import { type DepthDecision, depthDecisionSchema } from './depth-decision.js';

const outcomesSchema = z.object({ arms: z.array(armOutcomeSchema) });

/** What a checkpoint holds: arms that are done with, or a training and the depth it was chosen for. */
const detailsSchema = z.discriminatedUnion('holds', [
  z.object({ holds: z.literal('arms') }),
  z.object({ holds: z.literal('training'), depth: depthDecisionSchema.nullable() }),
]);

export type CheckpointDetails = z.infer<typeof detailsSchema>;

const detailsOf = ({ checkpoint, checkpointDetails }: Run): CheckpointDetails | null => {
  if (checkpoint === null) return null;
  // Checkpoints of earlier versions have no details: each holds a training.
  return checkpointDetails === null
    ? { holds: 'training', depth: null }
    : detailsSchema.parse(checkpointDetails);
};

/** The arms that an interrupted comparison was done with; those it had no time for may have some now. */
export const readArms = async (store: Store, run: Run): Promise<readonly ArmOutcome[]> => {
  if (detailsOf(run)?.holds !== 'arms') return [];
  const bytes = await store.blobs.get(run.checkpoint!);
  const { arms } = outcomesSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  return arms.filter(({ status }) => status !== 'out-of-time');
};

/** Keeps what became of arms, for a comparison that goes on after an interruption. */
export const writeArms = async (store: Store, run: number, arms: readonly ArmOutcome[]): Promise<void> => {
  const details: CheckpointDetails = { holds: 'arms' };
  await store.runs.setCheckpoint(run, new TextEncoder().encode(JSON.stringify({ arms })), details);
};

/** The checkpoint of an interrupted training, and the depth that had been chosen for it. */
export const readTraining = async (
  store: Store,
  run: Run,
): Promise<{ readonly state: Uint8Array; readonly depth: DepthDecision | null } | null> => {
  const details = detailsOf(run);
  if (details?.holds !== 'training') return null;
  return { state: await store.blobs.get(run.checkpoint!), depth: details.depth };
};

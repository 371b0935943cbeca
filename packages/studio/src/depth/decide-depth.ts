import type { FreezePlan, Model, TrainingResult } from '@regraft/core';
import type { Run, Store } from '@regraft/store';
import type { Manifest } from '../data/manifest.js';
import type { Recipe } from '../recipe/recipe.js';
import { type Emit, runPhase } from '../runs/phase-clock.js';
import type { ArmOutcome } from './arm-outcome.js';
import { armsForFew } from './arms-for-few.js';
import { chooseDepth } from './choose-depth.js';
import { compareDepths } from './compare-depths.js';
import { type DepthDecision, summariseArm } from './depth-decision.js';
import { planArms } from './plan-arms.js';
import { readArms, writeArms } from './run-checkpoint.js';

export interface DepthRequest {
  readonly store: Store;
  readonly run: Run;
  readonly manifest: Manifest;
  readonly recipe: Recipe;
  readonly budgetSeconds: number;
  readonly graftAt: (plan: FreezePlan) => Model;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

export interface DecidedDepth {
  readonly decision: DepthDecision;
  /** Everything that was measured on the way. */
  readonly outcomes: readonly ArmOutcome[];
  /** By arm, the trainings that ended well in this process. */
  readonly results: ReadonlyMap<string, TrainingResult>;
}

/**
 * Finds out how deep to fine-tune, by doing it (see `compareDepths`), and tells it as a phase of the run. What became of
 * each arm is kept in the run's checkpoint. With few validation images only the shallow depths are compared, without any
 * it is the head alone.
 */
export const decideDepth = async (request: DepthRequest): Promise<DecidedDepth> => {
  const { store, run, manifest, recipe, budgetSeconds, graftAt, emit, signal } = request;
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  const known = await readArms(store, run);
  const validation = manifest.images.filter(({ split }) => split === 'validation').length;
  const { arms, skipped } = armsForFew(planArms(graftAt), validation);
  const done: ArmOutcome[] = [];
  return runPhase(emit, 'depth', async (report) => {
    const { outcomes, results } = await compareDepths({
      store,
      manifest,
      recipe,
      arms,
      known,
      secondsLeft: () => budgetSeconds - seconds(),
      signal,
      onProgress: ({ arm, event }) => {
        if (event.type === 'epoch-end') emit({ type: 'arm-epoch', arm, epoch: event });
      },
      onOutcome: async (outcome) => {
        done.push(outcome);
        await writeArms(store, run.id, [...known, ...done]);
        emit({ type: 'arm-end', arm: summariseArm(outcome) });
        report({ done: known.length + done.length, total: arms.length });
      },
    });
    const { arm, choice } = chooseDepth(arms, outcomes);
    const decision: DepthDecision = {
      chosen: arm.name,
      plan: arm.plan,
      choice,
      arms: outcomes.map(summariseArm),
      skipped,
      seconds: seconds(),
    };
    emit({ type: 'depth-chosen', decision });
    return { decision, outcomes, results };
  });
};

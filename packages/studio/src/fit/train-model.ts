import { collectTraining, type Model, type TrainingEvent, type TrainingResult, train } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import type { Run, Store } from '@regraft/store';
import type { DepthDecision } from '../depth/depth-decision.js';
import { type CheckpointDetails, readTraining } from '../depth/run-checkpoint.js';
import type { Recipe } from '../recipe/recipe.js';
import type { Emit } from '../runs/phase-clock.js';
import type { RunPhase } from '../runs/run-event.js';
import type { SplitFeatures } from './extract-features.js';
import { trainingData } from './training-data.js';

export interface TrainRequest {
  readonly store: Store;
  readonly run: Run;
  readonly model: Model;
  readonly features: SplitFeatures;
  readonly recipe: Recipe;
  /** Kept with every checkpoint, so that a resumed run trains to the same depth. */
  readonly depth: DepthDecision | null;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** The run's phase that a training event belongs to; seeing features through the frozen rest is work for the head. */
const phaseOf = (event: TrainingEvent, current: RunPhase): RunPhase => {
  if (!('phase' in event)) return current;
  return event.phase === 'tail' ? 'tail' : 'head';
};

/** How far a phase is, where the event tells. */
const progressOf = (event: TrainingEvent): { done: number; total: number } | undefined => {
  switch (event.type) {
    case 'head-fit':
    case 'examples-computed':
      return { done: event.done, total: event.total };
    case 'step':
      return { done: (event.epoch - 1) * event.steps + event.step, total: event.epochs * event.steps };
    default:
      return undefined;
  }
};

/** Tells training's events as a run's: phases with their progress, epochs, checkpoints. */
const createTranslator = (emit: Emit): ((event: TrainingEvent) => void) => {
  let phase: RunPhase | undefined;
  let started = 0;
  const end = (): void => {
    if (phase !== undefined)
      emit({ type: 'phase-end', phase, seconds: (performance.now() - started) / 1000 });
    phase = undefined;
  };
  return (event) => {
    // Its own event says where the checkpoint is; this one may come after the end of its phase.
    if (event.type === 'checkpoint-saved') return;
    const next = phaseOf(event, phase ?? 'head');
    if (next !== phase) {
      end();
      phase = next;
      started = performance.now();
      emit({ type: 'phase-start', phase });
    }
    const progress = progressOf(event);
    if (progress) {
      const rate = progress.done / Math.max((performance.now() - started) / 1000, 1e-3);
      const secondsLeft = rate > 0 ? (progress.total - progress.done) / rate : null;
      emit({ type: 'progress', phase, ...progress, rate, secondsLeft });
    }
    if (event.type === 'epoch-end') emit({ type: 'training', event });
    if (event.type === 'phase-end' && (event.phase === 'head' || event.phase === 'tail')) end();
  };
};

/** Core knows no commands; who trains by one wants to know which. */
const withCommand = (error: unknown): unknown => {
  if (!RegraftError.isInstance(error) || error.code !== 'training-diverged') return error;
  const hint = error.hint?.replace(
    'a learning rate range test finds one',
    'regraft lr-find, with the options of this fit, finds one',
  );
  return new RegraftError({ ...error.toJSON(), ...(hint ? { hint } : {}), cause: error });
};

/**
 * Trains a model on the activations at its cut, from the run's last checkpoint if it has one. Every checkpoint goes
 * into the store before training continues.
 *
 * @throws RegraftError `cancelled` after a last checkpoint, `training-diverged`, `out-of-memory`
 */
export const trainModel = async (request: TrainRequest): Promise<TrainingResult> => {
  const { store, run, model, features, recipe, depth, emit, signal } = request;
  const resumeFrom = (await readTraining(store, run))?.state;
  const details: CheckpointDetails = { holds: 'training', depth };
  const onCheckpoint = async (state: Uint8Array): Promise<void> => {
    const { checkpoint } = await store.runs.setCheckpoint(run.id, state, details);
    emit({ type: 'checkpoint-saved', sha256: checkpoint! });
  };
  const options = { ...recipe.training, seed: recipe.seed };
  const events = train(model, trainingData(features), {
    ...options,
    signal,
    onCheckpoint,
    ...(resumeFrom ? { resumeFrom } : {}),
  });
  try {
    return await collectTraining(events, createTranslator(emit));
  } catch (error) {
    throw withCommand(error);
  }
};

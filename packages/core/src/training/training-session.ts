import { RegraftError } from '@regraft/errors';
import { createBreather } from './breathe.js';
import type { TrainingEvent } from './training-event.js';

/** What a caller gives to follow, stop and resume a training. */
export interface TrainingControls {
  /** Stops after the step that is under way: a checkpoint is saved, then `cancelled` is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Takes every checkpoint; training waits for it. */
  readonly onCheckpoint?: ((state: Uint8Array) => void | Promise<void>) | undefined;
  /** Seconds between checkpoints inside a phase; one is always saved when an epoch or phase ends. */
  readonly checkpointSeconds?: number | undefined;
  /** A checkpoint to continue from. */
  readonly resumeFrom?: Uint8Array | undefined;
}

/** What all phases of one training share. */
export interface TrainingSession {
  readonly signal: AbortSignal | undefined;
  breathe(): Promise<void>;
  /** Seconds of work so far, interruptions left out. */
  seconds(): number;
  /**
   * Ends a step. Saves a checkpoint if `force` is set, one is due, or the signal is aborted; throws `cancelled` in
   * the last case. `encode` packs the training's state as it is now.
   */
  endStep(
    phase: 'head' | 'tail',
    encode: () => Promise<Uint8Array>,
    force?: boolean,
  ): AsyncGenerator<TrainingEvent, void>;
}

/** Starts the clock; `secondsBefore` counts what was done before an interruption. */
export const createSession = (
  { signal, onCheckpoint, checkpointSeconds = 30 }: TrainingControls,
  secondsBefore: number,
): TrainingSession => {
  const started = performance.now();
  const breathe = createBreather();
  let saved = started;
  return {
    signal,
    breathe,
    seconds: () => secondsBefore + (performance.now() - started) / 1000,
    endStep: async function* (phase, encode, force = false) {
      await breathe();
      const cancelled = signal?.aborted === true;
      const due = performance.now() - saved >= checkpointSeconds * 1000;
      if (onCheckpoint !== undefined && (force || due || cancelled)) {
        const state = await encode();
        await onCheckpoint(state);
        saved = performance.now();
        yield { type: 'checkpoint-saved', phase, bytes: state.length };
      }
      if (cancelled) {
        throw new RegraftError({
          code: 'cancelled',
          message: `Training was stopped in its ${phase} phase.`,
          hint: onCheckpoint === undefined ? 'Start it again.' : 'Resume from the last checkpoint.',
          cause: signal?.reason,
        });
      }
    },
  };
};

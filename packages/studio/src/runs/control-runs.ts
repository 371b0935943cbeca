import { RegraftError } from '@regraft/errors';
import { isOver, type Run, type RunStatus, type Store, type StoredEvent } from '@regraft/store';
import type { EngineChoice } from '../engines/engine-choice.js';
import type { Recipe } from '../recipe/recipe.js';
import type { RunEvent, RunKind } from './run-event.js';
import { type RunnerOptions, spawnRunner } from './spawn-runner.js';

export interface FollowedEvent {
  readonly id: number;
  readonly at: Date;
  readonly event: RunEvent;
}

/** An alias may move while a run waits or is interrupted; a version's id stays. */
const withVersionId = async (store: Store, recipe: Recipe): Promise<Recipe> => {
  const { start } = recipe;
  if (start.kind === 'backbone') return recipe;
  const { id } = await store.versions.get(start.id);
  return { ...recipe, start: { kind: 'version', id } };
};

/** Starts a run of a recipe as a process of its own; its number comes back at once. */
export const startRun = async (
  store: Store,
  asked: Recipe,
  { kind = 'fit', ...engine }: EngineChoice & { kind?: RunKind } = {},
): Promise<number> => {
  const recipe = await withVersionId(store, asked);
  const run = await store.runs.create({
    kind,
    recipe,
    ...(recipe.name === undefined ? {} : { name: recipe.name }),
    ...(recipe.start.kind === 'version' ? { parentVersion: recipe.start.id } : {}),
  });
  spawnRunner(store, run.id, engine);
  return run.id;
};

/**
 * The events of a run as they come, until it is over.
 *
 * @param options.after only events after this id
 * @param options.pollMilliseconds how often to look for new ones, 60 unless told
 */
export async function* followRun(
  store: Store,
  run: number,
  options: { after?: number; signal?: AbortSignal; pollMilliseconds?: number } = {},
): AsyncGenerator<FollowedEvent> {
  const events: AsyncIterable<StoredEvent> = store.events.follow(run, { pollMilliseconds: 60, ...options });
  for await (const { id, at, event } of events) yield { id, at, event: event as RunEvent };
}

const lastEventId = async (store: Store, run: number): Promise<number> => {
  let last = 0;
  for (;;) {
    const page = await store.events.list(run, { after: last, limit: 1000 });
    if (page.length === 0) return last;
    last = page.at(-1)!.id;
  }
};

/**
 * Goes on with a stopped, interrupted or failed run from its last checkpoint.
 *
 * @returns the id of the last event before, from which the caller may follow
 * @throws RegraftError `run-not-resumable` for a finished run, `record-conflict` for one that still runs
 */
export const resumeRun = async (
  store: Store,
  id: number,
  options: RunnerOptions = {},
): Promise<{ after: number }> => {
  const run = await store.runs.get(id);
  if (run.status === 'finished') {
    throw new RegraftError({
      code: 'run-not-resumable',
      message: `Only a run that did not finish can be resumed. Received: run ${id}, which made ${run.version}`,
      hint: `Look at it with: regraft show ${id}`,
    });
  }
  const after = await lastEventId(store, id);
  await store.runs.requeue(id);
  spawnRunner(store, id, options);
  return { after };
};

/** Asks a run to stop at its next checkpoint. */
export const requestStop = async (store: Store, id: number): Promise<Run> => store.runs.requestStop(id);

/** Ends the process of a run at once; it can be resumed from its last checkpoint. */
export const killRun = async (store: Store, id: number): Promise<void> => {
  const { pid, status } = await store.runs.get(id);
  if (pid === null || isOver(status)) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/** Asks a run to stop and waits until it did; the answer is what became of it. */
export const stopRun = async (
  store: Store,
  id: number,
  { signal }: { signal?: AbortSignal } = {},
): Promise<RunStatus> => {
  const run = await store.runs.requestStop(id);
  if (isOver(run.status)) return run.status;
  const options = signal ? { signal } : {};
  for await (const _ of followRun(store, id, options)) {
    // Only the end matters.
  }
  return (await store.runs.get(id)).status;
};

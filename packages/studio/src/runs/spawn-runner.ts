import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Store } from '@regraft/store';
import type { EngineChoice } from '../engines/engine-choice.js';
import type { RunEvent } from './run-event.js';
import { describeFailure } from './run-failure.js';
import { runLogPath } from './run-log-path.js';

const runnerPath = (): string => createRequire(import.meta.url).resolve('@regraft/studio/runner');

/** Records the failure of a runner that never got to claim its run; otherwise the run would wait for ever. */
const failUnclaimed = async (store: Store, run: number, reason: string): Promise<void> => {
  if ((await store.runs.get(run)).status !== 'queued') return;
  const failure = describeFailure(new Error(`${reason}; see ${runLogPath(store, run)}`));
  await store.runs.claim(run);
  const end: RunEvent = { type: 'run-end', status: 'failed', error: failure };
  await store.events.append(run, [end]);
  await store.runs.fail(run, failure);
};

export interface RunnerOptions extends EngineChoice {
  readonly allowDifferentEngine?: boolean;
}

/**
 * Starts the process that executes a run. It has a process group of its own, so that Ctrl-C in the terminal reaches
 * only the caller, and it outlives the caller.
 */
export const spawnRunner = (
  store: Store,
  run: number,
  { allowDifferentEngine = false, engine, threads }: RunnerOptions = {},
): void => {
  const path = runLogPath(store, run);
  mkdirSync(dirname(path), { recursive: true });
  const log = openSync(path, 'a');
  const argv = [runnerPath(), '--store', store.path, '--run', String(run)];
  if (allowDifferentEngine) argv.push('--allow-different-engine');
  if (engine !== undefined) argv.push('--engine', engine);
  if (threads !== undefined) argv.push('--threads', String(threads));
  const child = spawn(process.execPath, argv, { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const onEnd = (reason: string) => {
    // A store that was closed meanwhile has nobody left who waits.
    failUnclaimed(store, run, reason).catch(() => undefined);
  };
  child.once('error', (error) => onEnd(error.message));
  child.once('exit', (code, signal) => onEnd(`the runner ended with ${signal ?? code}`));
  child.unref();
};

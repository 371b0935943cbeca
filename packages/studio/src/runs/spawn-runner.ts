import { spawn } from 'node:child_process';
import { mkdirSync, openSync, closeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Store } from '@regraft/store';

const runnerPath = (): string => createRequire(import.meta.url).resolve('@regraft/studio/runner');

/** Where a runner's own output goes: empty unless something went wrong that has no event. */
export const runLogPath = (store: Store, run: number): string => join(store.path, 'logs', `run-${run}.log`);

/**
 * Starts the process that executes a run. It has a process group of its own, so that Ctrl-C in the terminal
 * reaches only the caller, and outlives the caller.
 */
export const spawnRunner = (store: Store, run: number, { allowDifferentEngine = false } = {}): void => {
  mkdirSync(join(store.path, 'logs'), { recursive: true });
  const log = openSync(runLogPath(store, run), 'a');
  const argv = [runnerPath(), '--store', store.path, '--run', String(run)];
  if (allowDifferentEngine) argv.push('--allow-different-engine');
  const child = spawn(process.execPath, argv, { detached: true, stdio: ['ignore', log, log], cwd: process.cwd() });
  closeSync(log);
  child.unref();
};

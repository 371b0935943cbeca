import { inspect } from 'node:util';
import { RegraftError } from '@regraft/errors';
import type { Run, Store } from '@regraft/store';
import type { EngineFacts } from '../engines/engine.js';
import { startEngine } from '../engines/start-engine.js';
import { fit } from '../fit/fit.js';
import { createEventLog } from './event-log.js';
import { describeFailure, isCancellation } from './run-failure.js';

const heartbeatInterval = 1000;

const assertSameEngine = (run: Run, engine: EngineFacts): void => {
  const before = run.engine as EngineFacts | null;
  if (before === null || run.checkpoint === null) return;
  const same =
    before.backend === engine.backend && before.threads === engine.threads && before.trunk === engine.trunk;
  if (same) return;
  const words = ({ backend, threads, trunk }: EngineFacts) =>
    `${backend}, threads ${threads}, trunk on ${trunk}`;
  throw new RegraftError({
    code: 'engine-mismatch',
    message: `A run must be resumed on the engine it began on, or its last bits differ. Received: ${words(engine)}; it began on ${words(before)}`,
    hint: `To go on all the same: regraft resume ${run.id} --allow-different-engine`,
    details: { before, now: engine },
  });
};

export interface ExecuteRunOptions {
  /** Aborted from outside, or by this function when somebody asked the run to stop. */
  readonly stop: AbortController;
  readonly allowDifferentEngine?: boolean;
}

/**
 * Executes a run in this process and records its end in the store, whatever it is: finished, stopped or failed.
 * Training keeps the event loop busy, so this belongs into a process of its own.
 *
 * @throws what keeps the end from being recorded, as a store that is gone
 */
export const executeRun = async (
  store: Store,
  id: number,
  { stop, allowDifferentEngine = false }: ExecuteRunOptions,
): Promise<void> => {
  const queued = await store.runs.get(id);
  const log = createEventLog(store, id, (error) => stop.abort(error));
  const heartbeat = setInterval(() => {
    store.runs.heartbeat(id).then(
      ({ stopRequested }) => {
        if (stopRequested) stop.abort();
      },
      (error: unknown) => stop.abort(error),
    );
  }, heartbeatInterval);
  try {
    // Claimed before the engine starts, so that a second runner is refused at once.
    const run = await store.runs.claim(id, { engine: queued.engine ?? undefined });
    if (run.stopRequested) stop.abort();
    const engine = await startEngine();
    if (!allowDifferentEngine) assertSameEngine(run, engine);
    log.emit({ type: 'run-start', run: id, engine, resumed: run.claims > 1 });
    const result = await fit({ store, run, engine, emit: log.emit, signal: stop.signal });
    log.emit({ type: 'run-end', status: 'finished', result });
    await log.flush();
    await store.runs.finish(id, { version: result.version, result });
  } catch (error) {
    if (isCancellation(error) || error === stop.signal.reason) {
      log.emit({ type: 'run-end', status: 'stopped' });
      await log.flush();
      await store.runs.stop(id);
      return;
    }
    const failure = describeFailure(error);
    if (failure.code === 'defect') process.stderr.write(`${inspect(error)}\n`);
    log.emit({ type: 'run-end', status: 'failed', error: failure });
    await log.flush();
    await store.runs.fail(id, failure);
  } finally {
    clearInterval(heartbeat);
  }
};

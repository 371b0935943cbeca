import { inspect } from 'node:util';
import { RegraftError } from '@regraft/errors';
import type { Store } from '@regraft/store';
import type { StartedScan } from '../data/start-scan.js';
import type { EngineFacts } from '../engines/engine.js';
import { startEngine } from '../engines/start-engine.js';
import { fit } from '../fit/fit.js';
import { createEventLog } from './event-log.js';
import { describeFailure, isCancellation } from './run-failure.js';

const heartbeatInterval = 1000;

const isSameEngine = (before: EngineFacts, now: EngineFacts): boolean =>
  before.backend === now.backend && before.threads === now.threads && before.trunk === now.trunk;

const describeEngine = ({ backend, threads, trunk }: EngineFacts): string =>
  `${backend}, threads ${threads}, trunk on ${trunk}`;

const engineMismatch = (run: number, before: EngineFacts, now: EngineFacts): RegraftError =>
  new RegraftError({
    code: 'engine-mismatch',
    message: `A run must be resumed on the engine it began on, or its last bits differ. Received: ${describeEngine(now)}; it began on ${describeEngine(before)}`,
    hint: `To go on all the same: regraft resume ${run} --allow-different-engine`,
    details: { before, now },
  });

export interface ExecuteRunOptions {
  /** Aborted from outside, or by this function when somebody asked the run to stop. */
  readonly stop: AbortController;
  readonly allowDifferentEngine?: boolean;
  /** A scan of the recipe's images, where one is under way already. */
  readonly scan?: StartedScan | undefined;
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
  { stop, allowDifferentEngine = false, scan }: ExecuteRunOptions,
): Promise<void> => {
  const engine = await startEngine();
  const { engine: before, checkpoint } = await store.runs.get(id);
  const resumed = before !== null && checkpoint !== null ? (before as EngineFacts) : null;
  const differs = resumed !== null && !allowDifferentEngine && !isSameEngine(resumed, engine);
  const run = await store.runs.claim(id, differs ? {} : { engine });
  if (run.stopRequested) stop.abort();
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
    if (differs) throw engineMismatch(id, resumed, engine);
    log.emit({ type: 'run-start', run: id, engine, resumed: run.claims > 1 });
    const result = await fit({ store, run, engine, emit: log.emit, signal: stop.signal, scan });
    log.emit({ type: 'run-end', status: 'finished', result });
    await log.flush();
    await store.runs.finish(id, { version: result.version, result });
  } catch (error) {
    // Work that was aborted says only that; why it was is the signal's reason.
    const cause: unknown = isCancellation(error) && stop.signal.aborted ? stop.signal.reason : error;
    if (isCancellation(cause)) {
      log.emit({ type: 'run-end', status: 'stopped' });
      await log.flush();
      await store.runs.stop(id);
      return;
    }
    const failure = describeFailure(cause);
    if (failure.code === 'defect') process.stderr.write(`${inspect(cause)}\n`);
    log.emit({ type: 'run-end', status: 'failed', error: failure });
    await log.flush();
    await store.runs.fail(id, failure);
  } finally {
    clearInterval(heartbeat);
  }
};

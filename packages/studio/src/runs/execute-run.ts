import { inspect } from 'node:util';
import { RegraftError } from '@regraft/errors';
import type { Run, Store } from '@regraft/store';
import { advise } from '../advise/advise.js';
import type { StartedScan } from '../data/start-scan.js';
import type { EngineFacts } from '../engines/engine.js';
import type { EngineChoice } from '../engines/engine-choice.js';
import { startEngine } from '../engines/start-engine.js';
import { fit } from '../fit/fit.js';
import { createEventLog } from './event-log.js';
import type { RunKind } from './run-event.js';
import { describeFailure, isCancellation } from './run-failure.js';

const heartbeatInterval = 1000;

const kindOf = ({ kind }: Run): RunKind => (kind === 'advise' ? kind : 'fit');

const isSameEngine = (before: EngineFacts, now: EngineFacts): boolean =>
  before.backend === now.backend &&
  before.threads === now.threads &&
  before.trunk === now.trunk &&
  before.versions.tensorflow === now.versions.tensorflow;

const describeEngine = ({ backend, threads, trunk, versions }: EngineFacts): string =>
  `${backend}${versions.tensorflow ? ` (TensorFlow ${versions.tensorflow})` : ''}, threads ${threads}, trunk on ${trunk}`;

const engineMismatch = (run: number, before: EngineFacts, now: EngineFacts): RegraftError =>
  new RegraftError({
    code: 'engine-mismatch',
    message: `A run must be resumed on the engine it began on, or its last bits differ. Received: ${describeEngine(now)}; it began on ${describeEngine(before)}`,
    hint: `Ask for it: regraft resume ${run} --engine ${before.backend} --threads ${before.threads}; or go on all the same: regraft resume ${run} --allow-different-engine`,
    details: { before, now },
  });

export interface ExecuteRunOptions {
  /** Aborted from outside, or by this function when somebody asked the run to stop. */
  readonly stop: AbortController;
  readonly allowDifferentEngine?: boolean;
  readonly engine?: EngineChoice;
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
  { stop, allowDifferentEngine = false, engine: choice = {}, scan }: ExecuteRunOptions,
): Promise<void> => {
  const warnings: string[] = [];
  const { engine, unavailable } = await startEngine({
    ...choice,
    onWarning: (message) => warnings.push(message),
  }).then(
    (facts) => ({ engine: facts, unavailable: undefined }),
    (error: unknown) => ({ engine: undefined, unavailable: error }),
  );
  const { engine: before, checkpoint } = await store.runs.get(id);
  const resumed = before !== null && checkpoint !== null ? (before as EngineFacts) : null;
  const differs =
    engine !== undefined && resumed !== null && !allowDifferentEngine && !isSameEngine(resumed, engine);
  const run = await store.runs.claim(id, engine === undefined || differs ? {} : { engine });
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
    if (engine === undefined) throw unavailable;
    if (differs) throw engineMismatch(id, resumed, engine);
    log.emit({ type: 'run-start', run: id, engine, resumed: run.claims > 1, kind: kindOf(run) });
    for (const message of warnings) log.emit({ type: 'warning', message });
    const context = { store, run, engine, emit: log.emit, signal: stop.signal, scan };
    const result = await (kindOf(run) === 'advise' ? advise(context) : fit(context));
    log.emit({ type: 'run-end', status: 'finished', result });
    await log.flush();
    await store.runs.finish(id, 'version' in result ? { version: result.version, result } : { result });
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

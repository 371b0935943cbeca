import { throwIfCancelled } from '../data/cancellation.js';
import { type FeatureWorker, startWorker } from './start-worker.js';
import { closeGate, createTrunkGate, drainGate } from './trunk-gate.js';
import type { FeatureJob, FeatureResult, WorkerSetup } from './worker-messages.js';

export interface RunJobsOptions {
  readonly setup: Omit<WorkerSetup, 'gate'>;
  /** Makes a job ready to send; called when a worker is about to need it. */
  readonly prepare: (id: number) => Promise<FeatureJob>;
  readonly threads: number;
  readonly signal: AbortSignal | undefined;
  /** Called for each result, in whatever order they come; the worker it came from waits for it. */
  readonly accept: (result: FeatureResult) => Promise<void>;
}

/** One image in the trunk and two being decoded: enough that the trunk never waits, little enough to bound memory. */
const jobsInFlight = 3;
/** Below this many jobs a further worker costs more than it saves. */
const jobsPerWorker = 8;
/** The longest that a process which exits in the middle of a pass waits for the trunks. */
const drainMilliseconds = 5000;

/**
 * Spreads so many jobs over worker threads. Returns or throws after the workers have ended, so that no thread outlives the
 * pass.
 *
 * @throws RegraftError `cancelled`; whatever `accept` or a worker throws
 */
export const runJobs = async (
  jobs: number,
  { setup, prepare, threads, signal, accept }: RunJobsOptions,
): Promise<void> => {
  throwIfCancelled(signal, 'The pass over the images');
  const gate = createTrunkGate();
  const drain = (): void => drainGate(gate, drainMilliseconds);
  process.once('exit', drain);
  const count = Math.max(1, Math.min(threads, Math.ceil(jobs / jobsPerWorker)));
  const workers = Array.from({ length: count }, () => startWorker({ ...setup, gate }));
  let next = 0;

  const lane = async (worker: FeatureWorker): Promise<void> => {
    for (let inFlight = 0; ; inFlight--) {
      for (; inFlight < jobsInFlight && next < jobs; inFlight++) worker.send(await prepare(next++));
      if (inFlight === 0) return;
      await accept(await worker.next());
    }
  };
  const lanes = workers.map(lane);
  let abort = (): void => undefined;
  const aborted = new Promise<void>((resolve) => {
    abort = resolve;
    signal?.addEventListener('abort', abort);
  });

  try {
    await Promise.race([Promise.all(lanes), aborted]);
    throwIfCancelled(signal, 'The pass over the images');
  } finally {
    closeGate(gate);
    await Promise.all(workers.map((worker) => worker.stop()));
    await Promise.allSettled(lanes);
    signal?.removeEventListener('abort', abort);
    process.removeListener('exit', drain);
  }
};

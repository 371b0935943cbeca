import type { CacheCount, RunEvent, RunPhase } from './run-event.js';

export interface PhaseProgress {
  readonly done: number;
  readonly total: number;
  readonly cache?: CacheCount;
}

export type Emit = (event: RunEvent) => void;

const shortestInterval = 200;

/**
 * Runs one phase of a run between its `phase-start` and `phase-end`, with at most five `progress` events a second,
 * each with the rate and the time left at that rate.
 */
export const runPhase = async <Result>(
  emit: Emit,
  phase: RunPhase,
  work: (report: (progress: PhaseProgress) => void) => Promise<Result>,
  cacheOf?: (result: Result) => CacheCount,
): Promise<Result> => {
  const started = performance.now();
  let last = 0;
  emit({ type: 'phase-start', phase });
  const result = await work(({ done, total, cache }) => {
    const now = performance.now();
    if (now - last < shortestInterval && done < total) return;
    last = now;
    const rate = done / Math.max((now - started) / 1000, 1e-3);
    const secondsLeft = done > 0 ? (total - done) / rate : null;
    emit({ type: 'progress', phase, done, total, rate, secondsLeft, ...(cache ? { cache } : {}) });
  });
  const seconds = (performance.now() - started) / 1000;
  emit({ type: 'phase-end', phase, seconds, ...(cacheOf ? { cache: cacheOf(result) } : {}) });
  return result;
};

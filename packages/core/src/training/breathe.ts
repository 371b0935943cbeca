import { RegraftError } from '@regraft/errors';

const longestBreath = 20;

/**
 * A function to call between steps of long work: at most every 20 ms it lets the event loop run, so that timers,
 * signals and messages of the process get through. tfjs's own promises don't on backends that compute at once.
 */
export const createBreather = (): (() => Promise<void>) => {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < longestBreath) return;
    await new Promise((resolve) => setTimeout(resolve));
    last = performance.now();
  };
};

/** Throws `cancelled` once the signal is aborted. */
export const throwIfCancelled = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted !== true) return;
  throw new RegraftError({ code: 'cancelled', message: 'The work was cancelled.', cause: signal.reason });
};

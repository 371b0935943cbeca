import { RegraftError } from '@regraft/errors';

/** Throws `cancelled` once the signal is aborted. */
export const throwIfCancelled = (signal: AbortSignal | undefined, what: string): void => {
  if (signal?.aborted) {
    throw new RegraftError({
      code: 'cancelled',
      message: `${what} was stopped before its end.`,
      cause: signal.reason,
    });
  }
};

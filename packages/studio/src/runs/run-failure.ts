import { RegraftError } from '@regraft/errors';
import type { RunFailure } from './run-event.js';

/** What a run's log says of an error: its own words, or those of a defect. */
export const describeFailure = (error: unknown): RunFailure => {
  if (RegraftError.isInstance(error)) {
    return {
      code: error.code,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    };
  }
  return {
    code: 'defect',
    message: `The run ended by a defect in Regraft: ${error instanceof Error ? error.message : String(error)}`,
    hint: 'Its log in the store has the details.',
  };
};

/** Whether an error only says that somebody wanted the work to stop. */
export const isCancellation = (error: unknown): boolean =>
  (RegraftError.isInstance(error) && error.code === 'cancelled') ||
  (error instanceof Error && error.name === 'AbortError');

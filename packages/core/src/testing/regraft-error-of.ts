import { RegraftError } from '@regraft/errors';

/** The RegraftError that a function throws or rejects with; fails when it doesn't, or with another error. */
export const regraftErrorOf = async (run: () => unknown): Promise<RegraftError> => {
  try {
    await run();
  } catch (error) {
    if (RegraftError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

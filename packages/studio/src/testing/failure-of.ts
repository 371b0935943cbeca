import { RegraftError } from '@regraft/errors';

/** The RegraftError that a promise is rejected with; any other outcome is an error of the test. */
export const failureOf = async (promise: Promise<unknown>): Promise<RegraftError> => {
  const reason: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (reason instanceof RegraftError) return reason;
  throw new Error(`It must be rejected with a RegraftError. Received: ${String(reason)}`, { cause: reason });
};

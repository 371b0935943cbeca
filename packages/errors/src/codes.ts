/** What a failure means to the world outside: an exit code, an HTTP status, whether trying again can help. */
export interface ErrorOutcome {
  readonly exitCode: number;
  readonly httpStatus: number;
  readonly retryable: boolean;
}

const outcome = (exitCode: number, httpStatus: number, retryable = false): ErrorOutcome => ({
  exitCode,
  httpStatus,
  retryable,
});

/** The one table of error codes. Exit code 1 is kept for defects: an error that has no code. */
export const errorCodes = {
  'usage-invalid': outcome(2, 400),
  'data-not-found': outcome(10, 404),
  'data-invalid': outcome(11, 422),
  'data-too-small': outcome(12, 422),
  'image-unreadable': outcome(13, 422),
  'labels-mismatch': outcome(14, 422),
  'recipe-invalid': outcome(15, 422),
  'weights-unreadable': outcome(20, 422),
  'weights-unsupported': outcome(21, 422),
  'weights-unsafe': outcome(22, 422),
  'weights-mismatch': outcome(23, 422),
  'checksum-mismatch': outcome(24, 422),
  'backbone-unknown': outcome(25, 404),
  'backbone-unavailable': outcome(26, 503, true),
  'network-invalid': outcome(27, 422),
  'engine-unavailable': outcome(30, 503),
  'engine-mismatch': outcome(31, 409),
  'training-diverged': outcome(32, 422),
  'out-of-memory': outcome(33, 507),
  'store-not-found': outcome(40, 404),
  'store-newer': outcome(41, 409),
  'store-read-only': outcome(42, 403),
  'store-busy': outcome(43, 503, true),
  'store-corrupt': outcome(44, 500),
  'store-full': outcome(45, 507),
  'record-not-found': outcome(46, 404),
  'record-conflict': outcome(47, 409),
  'run-failed': outcome(50, 500),
  'run-interrupted': outcome(51, 409, true),
  'run-not-resumable': outcome(52, 409),
  'promotion-refused': outcome(53, 409),
  cancelled: outcome(130, 499, true),
} as const satisfies Record<string, ErrorOutcome>;

export type ErrorCode = keyof typeof errorCodes;

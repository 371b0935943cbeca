import { type ErrorCode, errorCodes, RegraftError } from '@regraft/errors';

/** What a command prints under `--json` where it fails. */
export interface FailureLine {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorCodes, code);

/** The error that a command told of; a defect is a plain one. */
export const failureOfLine = ({ code, message, hint, details = {} }: FailureLine): Error =>
  isErrorCode(code)
    ? new RegraftError({ code, message, details, ...(hint === undefined ? {} : { hint }) })
    : new Error(message);

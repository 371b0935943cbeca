import { type ErrorCode, type ErrorOutcome, errorCodes } from './codes.js';

const marker = Symbol.for('regraft.error');

export interface RegraftErrorInit {
  readonly code: ErrorCode;
  /** The rule first, then what was received, in one or two sentences. */
  readonly message: string;
  /** What to do next. */
  readonly hint?: string;
  readonly cause?: unknown;
  /** Facts for machines; must survive JSON. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A failure that a user can act on. Anything else that is thrown is a defect. */
export class RegraftError extends Error {
  readonly [marker] = true;
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor({ code, message, hint, cause, details }: RegraftErrorInit) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'RegraftError';
    this.code = code;
    this.hint = hint;
    this.details = details ?? {};
  }

  /** Exit code, HTTP status and retryability of this error's code. */
  get outcome(): ErrorOutcome {
    return errorCodes[this.code];
  }

  toJSON(): { code: ErrorCode; message: string; hint?: string; details: Readonly<Record<string, unknown>> } {
    return {
      code: this.code,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      details: this.details,
    };
  }

  /** True for errors of another copy of this package too, where `instanceof` is not. */
  static isInstance(value: unknown): value is RegraftError {
    return typeof value === 'object' && value !== null && marker in value;
  }
}

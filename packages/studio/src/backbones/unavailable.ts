import { RegraftError } from '@regraft/errors';

/** Weights that can't be had now; the message says why, the hint how to have them. */
export const unavailable = (message: string, hint: string, cause?: unknown): RegraftError =>
  new RegraftError({ code: 'backbone-unavailable', message, hint, cause });

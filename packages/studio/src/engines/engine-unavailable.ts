import { RegraftError } from '@regraft/errors';

/** The command that adds the native engine, or makes it anew. */
export const installNativeCommand = 'regraft engine install native';

/** An engine that can't be had or used here; the message says why, the hint how to have it. */
export const engineUnavailable = (message: string, hint: string, cause?: unknown): RegraftError =>
  new RegraftError({ code: 'engine-unavailable', message, hint, cause });

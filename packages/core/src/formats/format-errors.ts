import { RegraftError } from '@regraft/errors';

/** A file that is cut off, broken, or not of the format it claims to be. */
export const unreadable = (message: string, cause?: unknown): RegraftError =>
  new RegraftError({
    code: 'weights-unreadable',
    message,
    hint: 'Download or export the file again; it may be cut off or of another format.',
    cause,
  });

/** A sound file that holds something a network can't. */
export const unsupported = (
  message: string,
  hint: string,
  details?: Readonly<Record<string, unknown>>,
): RegraftError => new RegraftError({ code: 'weights-unsupported', message, hint, details });

/** Topology and weights that don't belong together. */
export const mismatched = (message: string): RegraftError =>
  new RegraftError({
    code: 'weights-mismatch',
    message,
    hint: 'Check that the topology and the weights come from the same export.',
  });

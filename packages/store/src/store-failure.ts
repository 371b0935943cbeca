import { RegraftError } from '@regraft/errors';

const failures = {
  'store-not-found': {
    rule: 'The store must stay where it is while it is used, and exist.',
    hint: 'It was removed, moved or replaced. Name another with --store, or start again to make a new one.',
  },
  'store-read-only': {
    rule: 'The store must be writable for this.',
    hint: 'Check the permissions and that its disk is not mounted read-only, or name another store with --store.',
  },
  'store-busy': {
    rule: 'The store must be free to write within a few seconds.',
    hint: 'Another process is holding it. Try again in a moment.',
  },
  'store-corrupt': {
    rule: 'The store must be whole.',
    hint: 'Run `regraft store check` to see what is damaged and mend what can be mended.',
  },
  'store-full': {
    rule: 'The disk of the store must have room, and so must its quota.',
    hint: 'Free some space (`regraft store gc` removes what nothing refers to), then run the command again.',
  },
} as const;

export type StoreFailure = keyof typeof failures;

/** The error for a store that cannot be used, with the reason that the system gave. */
export const storeFailure = (code: StoreFailure, root: string, cause?: unknown): RegraftError => {
  const { rule, hint } = failures[code];
  const reason = cause instanceof Error ? ` (${cause.message})` : '';
  return new RegraftError({
    code,
    message: `${rule} Received: ${root}${reason}`,
    hint,
    cause,
    details: { store: root },
  });
};

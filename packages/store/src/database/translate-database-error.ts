import { existsSync } from 'node:fs';
import { isDiskFull } from '../files/is-disk-full.js';
import { type StoreFailure, storeFailure } from '../store-failure.js';
import type { StoreLayout } from '../store-layout.js';

/** Result codes of SQLite (https://www.sqlite.org/rescode.html). */
const primary = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notDatabase: 26,
};
const extended = { readOnlyMoved: 1032, ioErrorWrite: 778, ioErrorSharedMemorySize: 4874 };

const sqliteCode = (error: unknown): number | undefined => {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('rawCode' in error && typeof error.rawCode === 'number') return error.rawCode;
  // libsql reports a failure to open as text only: `ConnectionFailed("…: 14")`.
  const opened = error instanceof Error ? /^ConnectionFailed\(.*: (\d+)"\)$/s.exec(error.message) : null;
  return opened ? Number(opened[1]) : undefined;
};

const failureOf = (code: number, layout: StoreLayout): StoreFailure | undefined => {
  if (code === extended.readOnlyMoved) return 'store-not-found';
  if (code === extended.ioErrorWrite || code === extended.ioErrorSharedMemorySize) return 'store-full';
  switch (code & 0xff) {
    case primary.busy:
    case primary.locked:
      return 'store-busy';
    case primary.readOnly:
      return 'store-read-only';
    case primary.full:
      return 'store-full';
    case primary.ioError:
      return isDiskFull(layout.root) ? 'store-full' : 'store-corrupt';
    case primary.corrupt:
    case primary.notDatabase:
      return 'store-corrupt';
    case primary.cannotOpen:
      return existsSync(layout.database) ? 'store-read-only' : 'store-not-found';
    default:
      return undefined;
  }
};

/** True where SQLite says that another connection holds the lock: trying again can help. */
export const isBusy = (error: unknown): boolean => {
  const code = (sqliteCode(error) ?? 0) & 0xff;
  return code === primary.busy || code === primary.locked;
};

/** True where SQLite could not open its files. */
export const isCannotOpen = (error: unknown): boolean =>
  ((sqliteCode(error) ?? 0) & 0xff) === primary.cannotOpen;

/** What a user can act on in an error of SQLite, as a RegraftError; any other error as it came. */
export const translateDatabaseError = (error: unknown, layout: StoreLayout): unknown => {
  const code = sqliteCode(error);
  const failure = code === undefined ? undefined : failureOf(code, layout);
  return failure ? storeFailure(failure, layout.root, error) : error;
};

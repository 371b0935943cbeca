import { existsSync } from 'node:fs';
import { type StoreFailure, storeFailure } from '../store-failure.js';
import type { StoreLayout } from '../store-layout.js';

const failures: Readonly<Record<string, StoreFailure>> = {
  ENOSPC: 'store-full',
  EDQUOT: 'store-full',
  EFBIG: 'store-full',
  EROFS: 'store-read-only',
  EACCES: 'store-read-only',
  EPERM: 'store-read-only',
  EIO: 'store-corrupt',
};

/** The system's code of a failed file operation, such as `ENOENT`. */
export const fileErrorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** What a user can act on in a failed file operation, as a RegraftError; any other error as it came. */
const translateFileError = (error: unknown, layout: StoreLayout): unknown => {
  const code = fileErrorCode(error);
  if (code === undefined) return error;
  if ((code === 'ENOENT' || code === 'ENOTDIR') && !existsSync(layout.database)) {
    return storeFailure('store-not-found', layout.root, error);
  }
  const failure = failures[code];
  return failure ? storeFailure(failure, layout.root, error) : error;
};

/** True where a file operation failed because there is no such file. */
export const isMissing = (error: unknown): boolean => fileErrorCode(error) === 'ENOENT';

/** Does work on the files of a store; its failures that a user can act on become RegraftErrors. */
export const withFileErrors = async <Result>(
  layout: StoreLayout,
  work: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw translateFileError(error, layout);
  }
};

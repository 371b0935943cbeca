import { createRequire } from 'node:module';

interface RemovedUtilities {
  isNullOrUndefined?: (value: unknown) => boolean;
  isArray?: (value: unknown) => boolean;
}

/** Puts back two functions of `node:util` that tfjs-node calls and newer versions of Node lack; nothing where they are. */
export const restoreNodeUtilities = (): void => {
  const utilities = createRequire(import.meta.url)('node:util') as RemovedUtilities;
  utilities.isNullOrUndefined ??= (value) => value === null || value === undefined;
  utilities.isArray ??= (value) => Array.isArray(value);
};

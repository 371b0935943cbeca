import type { PickledStorage, PickleValue } from './pickle-value.js';

/** What both kinds of PyTorch file come down to. */
export interface Archive {
  readonly root: PickleValue;
  /** The bytes of the storage that a pickled one is part of; `weights-unreadable` where they are missing. */
  readonly bytesOf: (storage: PickledStorage) => Uint8Array;
}

import { join } from 'node:path';

/** Where everything lies inside a store folder. All paths are absolute. */
export interface StoreLayout {
  readonly root: string;
  readonly database: string;
  readonly blobs: string;
  readonly activations: string;
  /** Files being written. A file here that nobody writes any more is litter. */
  readonly temporary: string;
  /** Corrupt blobs that `check` has moved out of the way. */
  readonly quarantine: string;
}

/** The layout of the store at an absolute path. */
export const storeLayout = (root: string): StoreLayout => ({
  root,
  database: join(root, 'store.db'),
  blobs: join(root, 'blobs'),
  activations: join(root, 'activations'),
  temporary: join(root, 'tmp'),
  quarantine: join(root, 'quarantine'),
});

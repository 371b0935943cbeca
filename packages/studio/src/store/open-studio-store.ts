import { findStorePath, openStore, type Store } from '@regraft/store';

export type StoreAccess = 'create' | 'existing' | 'read-only';

export interface OpenStudioStoreOptions {
  /** The value of `--store`; it wins over REGRAFT_STORE and the nearest `.regraft/`. */
  readonly explicit?: string | undefined;
  readonly access: StoreAccess;
}

/** Where the store is or would be. */
export const findStore = (explicit?: string): string =>
  findStorePath(explicit === undefined ? {} : { explicit });

/**
 * Opens the store of this folder and marks the runs whose process is gone as interrupted.
 *
 * @example const store = await openStudioStore({ access: 'create' });
 */
export const openStudioStore = async ({ explicit, access }: OpenStudioStoreOptions): Promise<Store> => {
  const store = await openStore(findStore(explicit), { mode: access });
  try {
    await store.runs.sweep();
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
};

import { openStudioStore, type Store, type StoreAccess } from '@regraft/studio';

export interface CommonOptions {
  readonly json?: boolean;
  readonly store?: string;
}

/** Opens the command's store, hands it to the work, and closes it whatever happens. */
export const withStore = async <Result>(
  { store: explicit }: CommonOptions,
  access: StoreAccess,
  work: (store: Store) => Promise<Result>,
): Promise<Result> => {
  const store = await openStudioStore({ explicit, access });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};

/** A signal that Ctrl-C aborts, for work that runs in this process. */
export const interruptSignal = (): AbortSignal => {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  process.once('SIGTERM', () => controller.abort());
  return controller.signal;
};

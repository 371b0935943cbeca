import {
  type EngineChoice,
  type EngineName,
  openStudioStore,
  type Store,
  type StoreAccess,
} from '@regraft/studio';
import { paint } from '../output/paint.js';

export interface CommonOptions {
  readonly json?: boolean;
  readonly store?: string;
}

export interface EngineOptions {
  readonly engine?: EngineName;
  readonly threads?: number;
}

/** The engine that a command line asks for, for a process of its own or for this one. */
export const engineChoice = ({ engine, threads }: EngineOptions): EngineChoice => ({ engine, threads });

/** The same for work in this process: an engine that doesn't work is told of on stderr. */
export const engineHere = (options: EngineOptions) => ({
  ...engineChoice(options),
  onWarning: (message: string) => {
    process.stderr.write(`${paint.amber('▲')} ${message}\n`);
  },
});

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

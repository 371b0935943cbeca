import type { Store } from '@regraft/store';
import type { Emit } from './phase-clock.js';
import type { RunEvent } from './run-event.js';

const flushInterval = 100;

export interface EventLog {
  readonly emit: Emit;
  /** Writes what is still in memory; rethrows what went wrong in the background. */
  flush(): Promise<void>;
}

/** Collects a run's events and appends them to the store in order, a few times a second. */
export const createEventLog = (store: Store, run: number, onError: (error: unknown) => void): EventLog => {
  let waiting: RunEvent[] = [];
  let writing = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const write = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(async () => {
      const events = waiting;
      waiting = [];
      if (events.length > 0) await store.events.append(run, events);
    });
    return writing;
  };
  return {
    emit: (event) => {
      waiting.push(event);
      timer ??= setTimeout(() => write().catch(onError), flushInterval);
    },
    flush: write,
  };
};

import { join } from 'node:path';
import type { Store } from '@regraft/store';

/** Where a runner's own output goes: empty unless something went wrong that has no event. */
export const runLogPath = (store: Store, run: number): string => join(store.path, 'logs', `run-${run}.log`);

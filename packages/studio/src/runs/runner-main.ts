import { parseArgs } from 'node:util';
import { openStore } from '@regraft/store';
import { executeRun } from './execute-run.js';

const { values } = parseArgs({
  options: {
    store: { type: 'string' },
    run: { type: 'string' },
    'allow-different-engine': { type: 'boolean', default: false },
  },
});
if (values.store === undefined || values.run === undefined)
  throw new Error('The runner needs --store and --run.');

const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
process.on('SIGINT', () => stop.abort());

const store = await openStore(values.store, { mode: 'existing' });
await executeRun(store, Number(values.run), {
  stop,
  allowDifferentEngine: values['allow-different-engine'],
});
await store.close();
// Worker threads and wasm timers must not keep a finished runner alive.
process.exit(0);

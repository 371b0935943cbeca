import { parseArgs } from 'node:util';
import { openStore, type Store } from '@regraft/store';
import { type StartedScan, startScan } from '../data/start-scan.js';
import { engineNames } from '../engines/engine.js';
import { recipeSchema } from '../recipe/recipe.js';

const { values } = parseArgs({
  options: {
    store: { type: 'string' },
    run: { type: 'string' },
    engine: { type: 'string' },
    threads: { type: 'string' },
    'allow-different-engine': { type: 'boolean', default: false },
  },
});
if (values.store === undefined || values.run === undefined)
  throw new Error('The runner needs --store and --run.');

const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
process.on('SIGINT', () => stop.abort());

/** Scans while TensorFlow.js loads. A recipe that is wrong is left to the run itself, which says so. */
const scanAhead = async (store: Store, run: number): Promise<StartedScan | undefined> => {
  const { dataset, recipe } = await store.runs.get(run);
  const { data } = recipeSchema.safeParse(recipe);
  if (dataset !== null || data === undefined) return undefined;
  return startScan({ request: { ...data.data, seed: data.seed }, store: store.path }, stop.signal);
};

const store = await openStore(values.store, { mode: 'existing' });
const run = Number(values.run);
const scan = await scanAhead(store, run);
const { executeRun } = await import('./execute-run.js');
await executeRun(store, run, {
  stop,
  scan,
  allowDifferentEngine: values['allow-different-engine'],
  engine: {
    engine: engineNames.find((name) => name === values.engine),
    threads: values.threads === undefined ? undefined : Number(values.threads),
  },
});
await store.close();
// Worker threads and wasm timers must not keep a finished runner alive.
process.exit(0);

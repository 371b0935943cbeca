import { stopRun } from '@regraft/studio';
import { createOutput } from '../output/output.js';
import { type CommonOptions, interruptSignal, withStore } from './common.js';

export const stop = async (run: number, options: CommonOptions): Promise<void> => {
  const output = createOutput(options);
  await withStore(options, 'existing', async (store) => {
    const status = await stopRun(store, run, { signal: interruptSignal() });
    output.data({ run, status });
    output.line(`Run ${run} is ${status}. Go on with: regraft resume ${run}`);
  });
};

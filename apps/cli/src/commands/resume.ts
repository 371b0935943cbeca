import { describeRun, resumeRun } from '@regraft/studio';
import { createOutput } from '../output/output.js';
import { reportRun } from '../output/report-run.js';
import { watchRun } from '../output/watch-run.js';
import { type CommonOptions, type EngineOptions, engineChoice, withStore } from './common.js';

interface ResumeOptions extends CommonOptions, EngineOptions {
  readonly allowDifferentEngine?: boolean;
}

export const resume = async (run: number, options: ResumeOptions): Promise<void> => {
  const output = createOutput(options);
  await withStore(options, 'existing', async (store) => {
    const { after } = await resumeRun(store, run, {
      allowDifferentEngine: options.allowDifferentEngine ?? false,
      ...engineChoice(options),
    });
    const view = await watchRun(store, run, output, { title: `run ${run}, resumed`, after });
    reportRun(output, await describeRun(store, run), view);
  });
};

import { resumeRun } from '@regraft/studio';
import { createOutput } from '../output/output.js';
import { renderRunSummary } from '../output/run-summary.js';
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
    const { result, view } = await watchRun(store, run, output, { title: `run ${run}, resumed`, after });
    output.data({ type: 'result', ...result });
    for (const line of renderRunSummary(view, () => `regraft show ${run}`)) output.line(line);
  });
};

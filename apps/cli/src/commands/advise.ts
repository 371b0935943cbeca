import { type FitFlags, parseRecipe, recipeFromFlags, startRun } from '@regraft/studio';
import { createOutput } from '../output/output.js';
import { reportRun } from '../output/report-run.js';
import { watchRun } from '../output/watch-run.js';
import { type CommonOptions, type EngineOptions, engineChoice, withStore } from './common.js';

interface AdviseOptions
  extends CommonOptions,
    EngineOptions,
    Pick<FitFlags, 'budget' | 'epochs' | 'head' | 'rename' | 'seed' | 'test'> {
  readonly detach?: boolean;
}

export const advise = async (
  start: string,
  data: string,
  also: string | undefined,
  options: AdviseOptions,
): Promise<void> => {
  const output = createOutput(options);
  await withStore(options, 'existing', async (store) => {
    const recipe = parseRecipe(
      recipeFromFlags(data, {
        ...options,
        from: start,
        depth: 'auto',
        ...(also === undefined ? {} : { also }),
      }),
    );
    const run = await startRun(store, recipe, { ...engineChoice(options), kind: 'advise' });
    if (options.detach) {
      output.data({ run });
      output.line(`Run ${run} goes on in the background. Look at it with: regraft show ${run}`);
      return;
    }
    const view = await watchRun(store, run, output, { title: `${start} on ${data}   run ${run}` });
    reportRun(output, { run, recipe }, view);
  });
};

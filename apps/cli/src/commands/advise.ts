import { type FitFlags, parseRecipe, recipeFromFlags, startRun } from '@regraft/studio';
import { ask } from '../output/ask.js';
import { createOutput } from '../output/output.js';
import { reportRun } from '../output/report-run.js';
import { watchRun } from '../output/watch-run.js';
import { chooseNames } from './choose-names.js';
import { type CommonOptions, type EngineOptions, engineChoice, withStore } from './common.js';

interface AdviseOptions
  extends CommonOptions,
    EngineOptions,
    Pick<FitFlags, 'budget' | 'epochs' | 'seed' | 'test'> {
  readonly rename?: FitFlags['rename'] | 'auto';
  readonly detach?: boolean;
}

export const advise = async (
  start: string,
  data: string,
  also: string | undefined,
  options: AdviseOptions,
): Promise<void> => {
  const output = createOutput(options);
  const isWatched = output.live && process.stdin.isTTY === true;
  await withStore(options, 'existing', async (store) => {
    const { rename: asked, ...flags } = options;
    const rename = await chooseNames(
      store,
      { start, data, rename: asked },
      { output, ask: isWatched ? ask : null },
    );
    const recipe = parseRecipe(
      recipeFromFlags(data, {
        ...flags,
        from: start,
        depth: 'auto',
        ...(rename === undefined ? {} : { rename }),
        ...(also === undefined ? {} : { also }),
      }),
    );
    const run = await startRun(store, recipe, { ...engineChoice(options), kind: 'advise' });
    if (options.detach) {
      output.data({ run });
      output.line(`Run ${run} goes on in the background. Come back to it with: regraft attach ${run}`);
      return;
    }
    const view = await watchRun(store, run, output, { title: `${start} on ${data}   run ${run}` });
    reportRun(output, { run, recipe }, view);
  });
};

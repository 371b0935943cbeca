import { readFile } from 'node:fs/promises';
import { RegraftError } from '@regraft/errors';
import { type FitFlags, parseRecipe, type RecipeInput, recipeFromFlags, startRun } from '@regraft/studio';
import { createOutput } from '../output/output.js';
import { reportRun } from '../output/report-run.js';
import { watchRun } from '../output/watch-run.js';
import { type CommonOptions, type EngineOptions, engineChoice, withStore } from './common.js';

interface FitOptions extends CommonOptions, EngineOptions, FitFlags {
  readonly recipe?: string;
  readonly detach?: boolean;
}

const readRecipe = async (file: string): Promise<RecipeInput> => {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as RecipeInput;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RegraftError({
      code: 'recipe-invalid',
      message: `A recipe must be a readable JSON file. Received: ${file} (${reason})`,
      hint: 'A run prints its recipe with: regraft show RUN --json',
      cause,
    });
  }
};

export const fit = async (data: string | undefined, options: FitOptions): Promise<void> => {
  const base = options.recipe === undefined ? undefined : await readRecipe(options.recipe);
  if (data === undefined && base === undefined) {
    throw new RegraftError({
      code: 'usage-invalid',
      message: 'Fit needs a folder of images, a CSV file or a recipe. Received: none of them.',
      hint: 'Try: regraft fit photos/',
    });
  }
  const recipe = parseRecipe(recipeFromFlags(data, options, { base }));
  const output = createOutput(options);
  await withStore(options, 'create', async (store) => {
    const run = await startRun(store, recipe, engineChoice(options));
    if (options.detach) {
      output.data({ run });
      output.line(`Run ${run} goes on in the background. Come back to it with: regraft attach ${run}`);
      return;
    }
    const source = recipe.data.folder ?? recipe.data.csv ?? '';
    const view = await watchRun(store, run, output, {
      title: `${source} → new model   run ${run}`,
    });
    reportRun(output, { run, recipe }, view);
  });
};

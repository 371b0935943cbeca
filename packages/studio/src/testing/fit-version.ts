import { join } from 'node:path';
import type { Run, Store } from '@regraft/store';
import { defaultBackbone } from '../recipe/fit-flags.js';
import { parseRecipe } from '../recipe/parse-recipe.js';
import type { RecipeInput } from '../recipe/recipe.js';
import { executeRun } from '../runs/execute-run.js';
import { openStudioStore } from '../store/open-studio-store.js';

/** A store in a test's folder. */
export const testStore = (folder: string): Promise<Store> =>
  openStudioStore({ explicit: join(folder, 'store'), access: 'create' });

/** Fits a recipe in this process, on the default backbone unless it says otherwise; the run is finished. */
export const fitVersion = async (
  store: Store,
  recipe: Omit<RecipeInput, 'start'> & Partial<Pick<RecipeInput, 'start'>>,
): Promise<Run & { readonly version: string }> => {
  const { id } = await store.runs.create({
    kind: 'fit',
    recipe: parseRecipe({ start: { kind: 'backbone', name: defaultBackbone }, ...recipe }),
  });
  await executeRun(store, id, { stop: new AbortController(), engine: { engine: 'wasm' } });
  const run = await store.runs.get(id);
  if (run.version === null)
    throw new Error(`The run must make a version. Received: ${JSON.stringify(run.error)}`);
  return { ...run, version: run.version };
};

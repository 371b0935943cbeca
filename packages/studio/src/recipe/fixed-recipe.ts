import { RegraftError } from '@regraft/errors';
import type { FixedRecipe, Recipe } from './recipe.js';

/** A recipe whose blocks are chosen. Throws `recipe-invalid` where they are left to a comparison. */
export const fixedRecipe = (recipe: Recipe): FixedRecipe => {
  const { freeze } = recipe;
  if (freeze.kind !== 'auto') return { ...recipe, freeze };
  throw new RegraftError({
    code: 'recipe-invalid',
    message: 'The blocks that train must be chosen for this. Received: depth auto',
    hint: 'Say which, as with --unfreeze 2.',
  });
};

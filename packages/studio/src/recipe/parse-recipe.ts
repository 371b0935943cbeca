import { RegraftError } from '@regraft/errors';
import { z } from 'zod';
import { type Recipe, recipeSchema } from './recipe.js';

/**
 * Checks a recipe and fills in its defaults.
 *
 * @throws RegraftError `recipe-invalid` that names each wrong field.
 * @example parseRecipe({ data: { folder: 'photos' }, start: { kind: 'backbone', name: 'mobilenet-v2.openimages' } })
 */
export const parseRecipe = (value: unknown): Recipe => {
  const result = recipeSchema.safeParse(value);
  if (result.success) return result.data;
  throw new RegraftError({
    code: 'recipe-invalid',
    message: `A recipe must fit its schema. Received: ${z.prettifyError(result.error).replaceAll('\n', ' ')}`,
    hint: 'Correct the fields named above.',
    details: { issues: result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) },
  });
};

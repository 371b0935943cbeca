import { RegraftError } from '@regraft/errors';
import type { HeadKind } from '../fit/choose-head.js';
import type { Recipe } from '../recipe/recipe.js';

/** Of each old class, where an extended head's recipe doesn't say. */
const standard = 100;

/**
 * How many old images of each class a recipe replays at most.
 *
 * @throws RegraftError `recipe-invalid` where it asks for some and the head won't know the old classes
 */
export const imagesPerClass = (replay: Recipe['replay'], head: HeadKind): number => {
  if (replay === 'auto') return head === 'extend' ? standard : 0;
  if (replay === 0 || head !== 'replace') return replay;
  throw new RegraftError({
    code: 'recipe-invalid',
    message: `Old images are replayed to a head that keeps the old classes. Received: --replay ${replay} with a new head`,
    hint: 'Fine-tune a version with --from and --head keep or extend, or leave --replay away.',
  });
};

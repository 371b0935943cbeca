import { RegraftError } from '@regraft/errors';
import type { Model } from '../grafting/model.js';
import type { TrainingOptions } from './training-options.js';

/**
 * Throws `recipe-invalid` for images to be mixed before a trunk that has seen each of them, once, unmixed. `train`
 * calls it too; whoever runs the trunk beforehand asks first.
 *
 * @example requireMixable(model, { mix: { kind: 'cutmix', alpha: 1 } });
 */
export const requireMixable = (
  { plan }: Pick<Model, 'plan'>,
  { mix }: Pick<TrainingOptions, 'mix'>,
): void => {
  if (mix === null || plan.frozen.length === 0) return;
  throw new RegraftError({
    code: 'recipe-invalid',
    message: `Images are mixed anew at every step, so every block must train: a frozen one has seen each image once, unmixed. Received: ${mix.kind} with ${plan.frozen.length} frozen ${plan.frozen.length === 1 ? 'block' : 'blocks'}.`,
    hint: 'Unfreeze all blocks, or leave mixing away.',
  });
};

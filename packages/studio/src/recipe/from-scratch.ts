import type { FixedRecipe, Recipe } from './recipe.js';

/**
 * Training that starts from weights which have seen nothing: all of them move, faster, with the batch's own statistics, and
 * none of them is given back. A network that answers at random has a low loss, and one that learns from few images a higher
 * one while it gets more of them right.
 */
const training = {
  batchSize: 16,
  learningRate: 1e-3,
  batchNorm: 'train',
  headFirst: false,
  keepStart: false,
  patience: null,
} as const;

/** A recipe on the same architecture, data and seed, from scratch. */
export const fromScratch = (recipe: Recipe, epochs = recipe.training.epochs): FixedRecipe => ({
  ...recipe,
  untrained: true,
  head: 'replace',
  replay: 'auto',
  freeze: { kind: 'all' },
  training: { ...recipe.training, ...training, epochs },
});

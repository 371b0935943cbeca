import { findLearningRate, type LearningRateSearch } from '@regraft/core';
import type { Store } from '@regraft/store';
import { startScan } from '../data/start-scan.js';
import { type StartEngineOptions, startEngine } from '../engines/start-engine.js';
import { fixedRecipe } from '../recipe/fixed-recipe.js';
import type { Recipe } from '../recipe/recipe.js';
import type { CacheCount } from '../runs/run-event.js';
import { graftModel } from './graft-model.js';
import { loadStartPoint } from './start-point.js';
import { trainingData } from './training-data.js';
import { withFeatures } from './with-features.js';

/** How far a search is: files scanned, images at the cut, mini-batches tried. */
export interface SearchProgress {
  readonly phase: 'features' | 'rates' | 'scan';
  readonly done: number;
  readonly total: number;
}

export interface SearchOptions {
  readonly engine?: StartEngineOptions;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: SearchProgress) => void;
}

/** A learning rate range test on a recipe's data. */
export interface RecipeRateSearch extends LearningRateSearch {
  readonly backbone: string;
  /** Blocks that train below the head. */
  readonly blocks: number;
  /** Training images, each counted once. */
  readonly images: number;
  readonly cache: CacheCount;
  readonly seconds: number;
}

/**
 * Looks for the learning rate of a recipe by a range test, on the very split and the cached activations that `fit`
 * of the recipe takes; what is computed for it is there for `fit`. Makes no run and no version.
 *
 * @throws RegraftError those of scanning, of the backbone, of the labels and of training; `cancelled`
 * @example const { suggestion } = await searchLearningRate(store, recipe, { signal });
 */
export const searchLearningRate = async (
  store: Store,
  recipe: Recipe,
  { engine, signal, onProgress = () => undefined }: SearchOptions,
): Promise<RecipeRateSearch> => {
  const started = performance.now();
  const report =
    (phase: SearchProgress['phase']) =>
    ({ done, total }: { done: number; total: number }): void =>
      onProgress({ phase, done, total });
  const scan = startScan({ request: { ...recipe.data, seed: recipe.seed }, store: store.path }, signal);
  await startEngine(engine);
  const manifest = await scan.finish(report('scan'));
  const start = await loadStartPoint(store, recipe, signal);
  const { model } = graftModel(start, fixedRecipe(recipe), manifest.labels);
  const { augment, seed, training } = recipe;
  const request = { store, model, manifest, augment, seed, signal, report: report('features') };
  return withFeatures(request, async (features) => {
    let done = 0;
    const search = await findLearningRate(model, trainingData(features), {
      ...training,
      seed,
      signal,
      onPoint: (_, total) => report('rates')({ done: ++done, total }),
    });
    return {
      ...search,
      backbone: model.backbone.id,
      blocks: model.plan.trained.length - 1,
      images: features.train[0]!.examples.size,
      cache: features.cache,
      seconds: (performance.now() - started) / 1000,
    };
  });
};

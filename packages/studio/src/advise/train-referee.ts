import { collectTraining, multiplyAdds, train, untrainedModel } from '@regraft/core';
import type { Store } from '@regraft/store';
import type { Manifest } from '../data/manifest.js';
import type { ArmOutcome } from '../depth/arm-outcome.js';
import type { ArmProgress } from '../depth/compare-depths.js';
import { measureSplits } from '../depth/measure-splits.js';
import type { DepthArm } from '../depth/plan-arms.js';
import { trainingData } from '../fit/training-data.js';
import { withFeatures } from '../fit/with-features.js';
import { formatDuration } from '../format/number-format.js';
import { fromScratch } from '../recipe/from-scratch.js';
import type { Recipe } from '../recipe/recipe.js';

/** Fewer epochs from scratch say nothing. */
const fewestEpochs = 5;
const mostEpochs = 40;

export interface RefereeRequest {
  readonly store: Store;
  readonly manifest: Manifest;
  readonly recipe: Recipe;
  readonly arms: readonly DepthArm[];
  readonly outcomes: readonly ArmOutcome[];
  readonly secondsLeft: () => number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ArmProgress) => void;
}

/** Its training, or why there was none, in words. */
export type RefereeOutcome = { readonly outcome: ArmOutcome } | { readonly notTried: string };

/** Seconds that an epoch of some cost takes, by the slowest pace of arms that trained blocks. */
const expectSeconds = (
  cost: number,
  { arms, outcomes }: Pick<RefereeRequest, 'arms' | 'outcomes'>,
): number | null => {
  const paces = outcomes.flatMap(({ name, history }) => {
    const arm = arms.find((candidate) => candidate.name === name);
    const epochs = history.filter(({ phase }) => phase === 'tail');
    if (!arm || epochs.length === 0) return [];
    return [epochs.reduce((total, { seconds }) => total + seconds, 0) / epochs.length / arm.cost];
  });
  return paces.length === 0 ? null : cost * Math.max(...paces);
};

/**
 * Trains the architecture from scratch on the same split, for as many epochs as there is time for: what fine-tuning has
 * to beat. Batch-norm goes by the batch, for its statistics are as untrained as the rest.
 */
export const trainReferee = async (request: RefereeRequest): Promise<RefereeOutcome> => {
  const { store, manifest, recipe, arms, secondsLeft, signal, onProgress } = request;
  const { augment, seed } = recipe;
  const model = untrainedModel(arms[0]!.model, seed);
  const epoch = expectSeconds(multiplyAdds(model.network), request);
  if (epoch === null)
    return { notTried: 'training from scratch: no deeper arm was tried that would show what it takes' };
  const epochs = Math.min(mostEpochs, Math.floor(secondsLeft() / epoch));
  if (epochs < fewestEpochs) {
    return {
      notTried: `training from scratch: ${fewestEpochs} epochs of it take about ${formatDuration(fewestEpochs * epoch)}, more than is left`,
    };
  }
  const started = performance.now();
  return withFeatures({ store, model, manifest, augment, seed, signal }, async (features) => {
    const { training } = fromScratch(recipe, epochs);
    const result = await collectTraining(
      train(model, trainingData(features), { ...training, seed, signal }),
      (event) => onProgress({ arm: 'scratch', event }),
    );
    const seconds = (performance.now() - started) / 1000;
    const measured = await measureSplits(result.model, features, { seed, signal });
    const history = result.history.map((record) => ({ ...record }));
    return {
      outcome: { name: 'scratch', blocks: null, status: 'finished', history, seconds, measured, repeats: [] },
    };
  });
};

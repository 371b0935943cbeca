import { type ArmChoice, collectTraining, train } from '@regraft/core';
import type { Store } from '@regraft/store';
import type { Manifest } from '../data/manifest.js';
import { trainingData } from '../fit/training-data.js';
import { withFeatures } from '../fit/with-features.js';
import type { Recipe } from '../recipe/recipe.js';
import type { PhaseProgress } from '../runs/phase-clock.js';
import type { ArmOutcome, ExampleOutcomes } from './arm-outcome.js';
import { chooseOutcome } from './choose-depth.js';
import { measureSplits } from './measure-splits.js';
import type { DepthArm } from './plan-arms.js';

/** Besides the first one. */
const furtherSeeds = 2;

export interface RepeatRequest {
  readonly store: Store;
  readonly manifest: Manifest;
  readonly recipe: Recipe;
  readonly arms: readonly DepthArm[];
  readonly outcomes: readonly ArmOutcome[];
  readonly secondsLeft: () => number;
  readonly signal: AbortSignal;
  readonly report: (progress: PhaseProgress) => void;
}

/** Arms whose blocks trained by chance as much as by data, and that can't be told from the chosen one, or are it. */
const closeCalls = (outcomes: readonly ArmOutcome[], choice: ArmChoice | null): ArmOutcome[] => {
  const isOpen = choice?.arms.some(({ verdict }) => verdict === 'no-evidence') ?? false;
  const unlikeChosen = new Set(
    choice?.arms.flatMap(({ name, verdict }) => (verdict === 'better' || verdict === 'worse' ? [name] : [])),
  );
  return isOpen
    ? outcomes.filter(
        ({ name, blocks, measured }) => measured && (blocks ?? 0) > 0 && !unlikeChosen.has(name),
      )
    : [];
};

/**
 * Trains arms that can't be told apart again with other seeds, where there is time for it, so that the choice between
 * them is about the recipes and not about one order of the images. The head alone has one optimum, whatever the seed.
 */
export const repeatCloseCalls = async (request: RepeatRequest): Promise<readonly ArmOutcome[]> => {
  const { store, manifest, recipe, arms, outcomes, secondsLeft, signal, report } = request;
  const close = closeCalls(outcomes, chooseOutcome(outcomes));
  const expected = furtherSeeds * close.reduce((total, { seconds }) => total + seconds, 0);
  if (close.length === 0 || expected > secondsLeft()) return outcomes;
  const { augment, training } = recipe;
  const total = close.length * furtherSeeds;
  const repeats = new Map<string, ExampleOutcomes[]>();
  for (const { name } of close) {
    const { model } = arms.find((arm) => arm.name === name)!;
    const own: ExampleOutcomes[] = [];
    repeats.set(name, own);
    await withFeatures({ store, model, manifest, augment, seed: recipe.seed, signal }, async (features) => {
      for (let further = 1; further <= furtherSeeds; further++) {
        const seed = recipe.seed + further;
        const result = await collectTraining(
          train(model, trainingData(features), { ...training, seed, signal }),
        );
        const { validation } = (await measureSplits(result.model, features, { seed, signal })).outcomes;
        if (validation) own.push(validation);
        report({ done: [...repeats.values()].flat().length, total });
      }
    });
  }
  return outcomes.map((outcome) => ({ ...outcome, repeats: repeats.get(outcome.name) ?? [] }));
};

import {
  type ArmStatus,
  collectTraining,
  type EpochRecord,
  raceArms,
  type TrainingEvent,
  type TrainingResult,
  train,
} from '@regraft/core';
import type { Store } from '@regraft/store';
import type { Manifest } from '../data/manifest.js';
import { extractFeatures, type SplitFeatures } from '../fit/extract-features.js';
import { trainingData } from '../fit/training-data.js';
import { withFeatures } from '../fit/with-features.js';
import type { Recipe } from '../recipe/recipe.js';
import type { ArmOutcome } from './arm-outcome.js';
import { measureSplits } from './measure-splits.js';
import type { DepthArm } from './plan-arms.js';

/** How an arm is getting on. */
export interface ArmProgress {
  readonly arm: string;
  readonly event: TrainingEvent;
}

export interface ComparisonRequest {
  readonly store: Store;
  readonly manifest: Manifest;
  readonly recipe: Recipe;
  readonly arms: readonly [DepthArm, ...DepthArm[]];
  /** Outcomes of a comparison that was interrupted: those arms are not trained again. */
  readonly known: readonly ArmOutcome[];
  /** Seconds that are left for it. The head alone is always trained. */
  readonly secondsLeft: () => number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ArmProgress) => void;
  /** Takes what became of an arm, as soon as it is known. */
  readonly onOutcome: (outcome: ArmOutcome) => Promise<void>;
}

export interface DepthComparison {
  /** In the order of the arms. */
  readonly outcomes: readonly ArmOutcome[];
  /** The trainings that finished in this process, by arm. */
  readonly results: ReadonlyMap<string, TrainingResult>;
}

/** The training of an arm whose outcome is known: its epochs again, without the work. */
async function* replay({ history }: ArmOutcome): AsyncGenerator<TrainingEvent, null> {
  for (const epoch of history) yield { type: 'epoch-end', ...epoch };
  return null;
}

/**
 * Fine-tunes to several depths on the same split: the head alone first, then the deeper ones side by side, of which the
 * worse are left early (see `raceArms`). Every arm reads its activations from the cache; one that finishes has the weights
 * that `fit` gives it alone, and only then are test images brought to its cut, for it to be measured on.
 *
 * @throws RegraftError those of the data, of training; `cancelled`
 */
export const compareDepths = async (request: ComparisonRequest): Promise<DepthComparison> => {
  const { store, manifest, recipe, arms, known, secondsLeft, signal, onProgress, onOutcome } = request;
  const { augment, seed, training } = recipe;
  const toTrain = { ...manifest, images: manifest.images.filter(({ split }) => split !== 'test') };
  // Images run once: the first arm leaves rows at the cuts of the deeper ones.
  const rows = { store, seed, signal, keepStations: arms.length > 1 };
  const outcomes = new Map<string, ArmOutcome>();
  const results = new Map<string, TrainingResult>();
  const open = new Map<string, SplitFeatures>();
  const histories = new Map<string, EpochRecord[]>(arms.map(({ name }) => [name, []]));

  const begin = async ({ name, model }: DepthArm): Promise<AsyncGenerator<TrainingEvent, TrainingResult>> => {
    const features = await extractFeatures({ ...rows, model, manifest: toTrain, augment });
    open.set(name, features);
    return train(model, trainingData(features), { ...training, seed, signal });
  };

  const follow = (arm: string, event: TrainingEvent): void => {
    if (event.type === 'epoch-end') {
      const { type: _, ...record } = event;
      histories.get(arm)!.push(record);
    }
    onProgress({ arm, event });
  };

  const settle = async (
    { name, blocks, model }: DepthArm,
    status: ArmStatus,
    seconds: number,
    result: TrainingResult | null,
  ): Promise<void> => {
    await open.get(name)?.close();
    open.delete(name);
    const measured =
      result &&
      (await withFeatures({ ...rows, model, manifest, augment: null }, (features) =>
        measureSplits(result.model, features, { seed, signal }),
      ));
    if (result) results.set(name, result);
    const outcome: ArmOutcome = {
      name,
      blocks,
      status,
      seconds,
      history: histories.get(name)!,
      measured,
      repeats: [],
    };
    outcomes.set(name, outcome);
    await onOutcome(outcome);
  };

  const [head, ...deeper] = arms;
  const knownOf = (name: string): ArmOutcome | undefined => known.find((outcome) => outcome.name === name);
  try {
    if (knownOf(head.name)) outcomes.set(head.name, knownOf(head.name)!);
    else {
      const started = performance.now();
      const result = await collectTraining(await begin(head), (event) => follow(head.name, event));
      await settle(head, 'finished', (performance.now() - started) / 1000, result);
    }
    await raceArms<TrainingResult | null>(
      deeper.map((arm) => {
        const outcome = knownOf(arm.name);
        return {
          name: arm.name,
          cost: arm.cost,
          epochs: training.epochs,
          begin: outcome ? async () => replay(outcome) : () => begin(arm),
        };
      }),
      {
        secondsLeft,
        onEvent: (name, event) => {
          if (!knownOf(name)) follow(name, event);
        },
        onRecord: async ({ name, status, seconds, result }) => {
          const arm = deeper.find((candidate) => candidate.name === name)!;
          const outcome = knownOf(name);
          if (outcome) outcomes.set(name, outcome);
          else await settle(arm, status, seconds, result);
        },
      },
    );
  } finally {
    for (const features of open.values()) await features.close();
  }
  return { outcomes: arms.map(({ name }) => outcomes.get(name)!), results };
};

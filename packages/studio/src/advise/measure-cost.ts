import { collectTraining, type Evidence, type TrainingResult, train } from '@regraft/core';
import type { Store } from '@regraft/store';
import type { Manifest } from '../data/manifest.js';
import { readManifest } from '../data/read-manifest.js';
import type { DepthArm } from '../depth/plan-arms.js';
import { measureForgetting } from '../fit/measure-forgetting.js';
import { trainingData } from '../fit/training-data.js';
import { withFeatures } from '../fit/with-features.js';
import type { Recipe } from '../recipe/recipe.js';
import type { PhaseProgress } from '../runs/phase-clock.js';
import type { VersionModel } from '../versions/load-version-model.js';
import { trainedImages } from '../versions/trained-images.js';

export interface CostRequest {
  readonly store: Store;
  readonly version: VersionModel;
  /** Its training may have ended in an earlier process. */
  readonly chosen: { readonly arm: DepthArm; readonly trained: TrainingResult | null };
  readonly manifest: Manifest;
  readonly recipe: Recipe;
  readonly signal: AbortSignal;
  readonly report: (progress: PhaseProgress) => void;
}

const trainAgain = ({ store, chosen, manifest, recipe, signal }: CostRequest): Promise<TrainingResult> => {
  const { model } = chosen.arm;
  const { augment, seed, training } = recipe;
  return withFeatures({ store, model, manifest, augment, seed, signal }, (features) =>
    collectTraining(train(model, trainingData(features), { ...training, seed, signal })),
  );
};

/** What the chosen fine-tune loses of what the version knew; null where its head doesn't answer the old labels. */
export const measureCost = async (request: CostRequest): Promise<Evidence['forgetting']> => {
  const { store, version, chosen, manifest, signal, report } = request;
  const { labels } = version.model;
  const before = chosen.arm.model;
  if (labels.some((label) => !before.labels.includes(label))) return null;
  const { model: after } = chosen.trained ?? (await trainAgain(request));
  const learned = await trainedImages(store, version.version);
  for (const { sha256, split } of manifest.images) if (split === 'train') learned.add(sha256);
  const old = await readManifest(store, version.card.dataset);
  const pair = { before, after, answers: labels.length };
  return (await measureForgetting({ store, pair, old, learned, signal, report })).forgetting;
};

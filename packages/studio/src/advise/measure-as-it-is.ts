import {
  accuracyGap,
  type Evidence,
  estimateLabelShift,
  evaluatePredictions,
  examplesFromArray,
  indexLabels,
  predictProbabilities,
} from '@regraft/core';
import type { Manifest } from '../data/manifest.js';
import type { VersionModel } from '../versions/load-version-model.js';
import { atFeatures, type ViewedImages } from './view-images.js';

export type AsItIs = Pick<Evidence, 'asItIs' | 'atHome' | 'labelShift' | 'loss'>;

/** How many new images a version gets right as it is, against how many it does at home: its own held-out images. */
export const measureAsItIs = async (
  { card, model }: VersionModel,
  { manifest, viewed }: { readonly manifest: Manifest; readonly viewed: ViewedImages },
  { seed, signal }: { seed: number; signal: AbortSignal },
): Promise<AsItIs> => {
  const home = card.metrics.test ?? card.metrics.validation;
  const atHome = home?.accuracy ?? null;
  const names = viewed.images.map(({ label }) => manifest.labels[label]!);
  const knows = names.length > 0 && names.every((name) => model.labels.includes(name));
  if (!knows) return { asItIs: null, atHome, labelShift: null, loss: null };
  const source = examplesFromArray(viewed.values, [viewed.width]);
  const probabilities = await predictProbabilities(atFeatures(model), source, { signal });
  const labels = indexLabels(model.labels, names);
  const report = evaluatePredictions({ probabilities, labels, classNames: model.labels, seed });
  const { validation } = card.metrics;
  return {
    asItIs: report.accuracy,
    atHome,
    labelShift:
      validation &&
      (await estimateLabelShift({
        classNames: model.labels,
        confusion: validation.confusion,
        predicted: report.classes.map(({ predicted }) => predicted),
        seed,
        signal,
      })),
    loss: home && accuracyGap(home, report),
  };
};

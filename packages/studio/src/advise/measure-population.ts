import { compareLabelProportions, type Evidence, indexLabels, measureDrift } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import type { Store } from '@regraft/store';
import type { Manifest } from '../data/manifest.js';
import { imageFile } from '../data/manifest-path.js';
import type { VersionModel } from '../versions/load-version-model.js';
import { type FeatureSet, loadVersionFeatures } from '../versions/version-features.js';
import type { ViewedImages } from './view-images.js';

export interface PopulationRequest {
  readonly store: Store;
  readonly start: VersionModel;
  readonly manifest: Manifest;
  readonly viewed: ViewedImages;
  readonly seed: number;
  readonly signal: AbortSignal;
}

export type PopulationFindings = Pick<Evidence, 'drift' | 'proportions' | 'strangest'> & {
  readonly notTried: readonly string[];
};

const fewestImages = 5;
const strangestShown = 8;

const nothing = (why: string): PopulationFindings => ({
  drift: null,
  proportions: null,
  strangest: [],
  notTried: [`whether the new images look different: ${why}`],
});

const countLabels = (labels: ArrayLike<number>, classes: number): number[] => {
  const counts = new Array<number>(classes).fill(0);
  for (let index = 0; index < labels.length; index++) counts[labels[index]!]!++;
  return counts;
};

const compareLabels = ({ start, manifest, viewed, seed }: PopulationRequest, old: FeatureSet) => {
  const { labels } = start.model;
  const names = viewed.images.map(({ label }) => manifest.labels[label]!);
  if (!names.every((name) => labels.includes(name))) return null;
  const counts = [old.labels, indexLabels(labels, names)].map((own) => countLabels(own, labels.length));
  return compareLabelProportions(counts[0]!, counts[1]!, { seed });
};

/**
 * Whether new images come from the population that a version knows: its kept features of validation images against
 * theirs (`measureDrift`), and the proportions of their labels.
 */
export const measurePopulation = async (request: PopulationRequest): Promise<PopulationFindings> => {
  const { store, start, manifest, viewed, seed, signal } = request;
  const { values, width: columns, images } = viewed;
  if (images.length < fewestImages)
    return nothing(`that takes ${fewestImages} of them, and there are ${images.length}`);
  const known = await loadVersionFeatures(store, start.version, { signal }).catch((error: unknown) => {
    if (RegraftError.isInstance(error) && error.code === 'data-not-found') return error;
    throw error;
  });
  if (RegraftError.isInstance(known)) return nothing(known.message);
  const old = known.validation ?? known.training;
  if (old.images.length < fewestImages) return nothing(`of the old ones only ${old.images.length} are known`);
  const drift = await measureDrift({ values: old.values, columns }, { values, columns }, { seed, signal });
  return {
    drift,
    proportions: compareLabels(request, old),
    strangest: drift.farthest.slice(0, strangestShown).map(({ row, distance, pValue }) => ({
      path: imageFile(manifest, images[row]!),
      distance,
      p: pValue,
    })),
    notTried: [],
  };
};

import type { Model } from '@regraft/core';
import type { Store } from '@regraft/store';
import type { Manifest } from '../data/manifest.js';
import { readManifest } from '../data/read-manifest.js';
import type { Emit, PhaseProgress } from '../runs/phase-clock.js';
import type { RunMetrics } from '../runs/run-event.js';
import type { VersionModel } from '../versions/load-version-model.js';
import { trainedImages } from '../versions/trained-images.js';
import type { SplitFeatures } from './extract-features.js';
import type { GraftedModel } from './graft-model.js';
import { measureForgetting } from './measure-forgetting.js';
import { measureImprovement } from './measure-improvement.js';
import { measureNewImages } from './measure-new-images.js';
import type { StartPoint } from './start-point.js';

export interface ParentComparison {
  readonly store: Store;
  readonly start: StartPoint;
  /** The model as it was before its training: it answers as the version did. */
  readonly grafted: GraftedModel;
  readonly trained: Model;
  readonly manifest: Manifest;
  readonly features: SplitFeatures;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  readonly report: (progress: PhaseProgress) => void;
}

type ParentMetrics = Pick<RunMetrics, 'forgetting' | 'improvement' | 'newImages'>;

const compare = async (
  { card, version, model }: VersionModel,
  { store, grafted, trained, manifest, features, emit, signal, report }: ParentComparison,
): Promise<ParentMetrics> => {
  const pair = { before: grafted.model, after: trained, answers: model.labels.length };
  const learned = await trainedImages(store, version);
  const heldOut = features.test ?? features.validation;
  const improvement =
    grafted.head === 'keep' && heldOut ? await measureImprovement(pair, heldOut, { learned, signal }) : null;
  const newImages = heldOut && (await measureNewImages(trained, heldOut, signal));
  for (const { sha256, split } of manifest.images) if (split === 'train') learned.add(sha256);
  const old = await readManifest(store, card.dataset);
  const outcome = await measureForgetting({ store, pair, old, learned, signal, report });
  if (outcome.forgetting === null) {
    emit({ type: 'warning', message: `What ${version} knew can't be measured any more: ${outcome.reason}.` });
  }
  return { forgetting: outcome.forgetting, improvement, newImages };
};

/** What a run changed against the version it started from, where its head still answers the old labels. */
export const compareWithParent = async (request: ParentComparison): Promise<ParentMetrics> =>
  request.start.kind === 'version' && request.grafted.head !== 'replace'
    ? compare(request.start.model, request)
    : { forgetting: null, improvement: null, newImages: null };

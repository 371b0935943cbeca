import type { Run, Store } from '@regraft/store';
import { countProblems } from '../data/count-problems.js';
import type { Manifest } from '../data/manifest.js';
import { manifestCounts } from '../data/manifest-counts.js';
import { readManifest } from '../data/read-manifest.js';
import { recordManifest } from '../data/record-manifest.js';
import { type StartedScan, startScan } from '../data/start-scan.js';
import type { Recipe } from '../recipe/recipe.js';
import type { Emit, PhaseProgress } from '../runs/phase-clock.js';

export interface PreparedData {
  readonly manifest: Manifest;
  /** The data set's number in the store. */
  readonly dataset: number;
}

const announce = (emit: Emit, { manifest, dataset }: PreparedData): void => {
  const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
  const { train, validation, test } = manifestCounts(manifest);
  emit({
    type: 'data-scanned',
    dataset,
    labels: manifest.labels,
    images: { train: total(train), validation: total(validation), test: total(test) },
    problems: countProblems(manifest),
  });
};

export interface DataRequest {
  readonly store: Store;
  readonly run: Run;
  readonly recipe: Recipe;
  readonly emit: Emit;
  /** A scan of the recipe's images that is under way already. */
  readonly scan: StartedScan | undefined;
}

/** Scans the recipe's images, or, for a resumed run, takes the list that its first process made. */
export const prepareData = async (
  { store, run, recipe, emit, scan }: DataRequest,
  { signal, report }: { signal: AbortSignal; report: (progress: PhaseProgress) => void },
): Promise<PreparedData> => {
  if (run.dataset !== null) {
    const prepared = { manifest: await readManifest(store, run.dataset), dataset: run.dataset };
    announce(emit, prepared);
    return prepared;
  }
  const request = { ...recipe.data, seed: recipe.seed };
  const manifest = await (scan ?? startScan({ request, store: store.path }, signal)).finish(report);
  const dataset = await recordManifest(store, manifest);
  await store.runs.setDataset(run.id, dataset);
  const prepared = { manifest, dataset };
  announce(emit, prepared);
  return prepared;
};

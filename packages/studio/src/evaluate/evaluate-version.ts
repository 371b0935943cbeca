import { type EvaluationReport, evaluatePredictions } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import type { Store } from '@regraft/store';
import { countProblems } from '../data/count-problems.js';
import { dataLocation } from '../data/data-location.js';
import { imageFile } from '../data/manifest-path.js';
import { recordManifest } from '../data/record-manifest.js';
import { scanTestSet } from '../data/scan-test-set.js';
import type { StartEngineOptions } from '../engines/start-engine.js';
import type { CacheCount } from '../runs/run-event.js';
import { temperatureOf } from '../trust/trust.js';
import { classifyImages } from '../versions/classify-images.js';
import { loadVersionModel } from '../versions/load-version-model.js';

export interface VersionEvaluation {
  readonly version: string;
  /** The data set's number in the store. */
  readonly dataset: number;
  readonly report: EvaluationReport;
  readonly cache: CacheCount;
  /** How many files were left out, by the kind of their problem. */
  readonly problems: Readonly<Record<string, number>>;
  readonly seconds: number;
}

export interface EvaluateOptions {
  readonly engine?: StartEngineOptions;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { done: number; total: number; secondsLeft: number | null }) => void;
}

/**
 * Measures a version on labelled images: all of a folder, or its test split where it has one, by the calibrated
 * probabilities that it answers with. The report is kept in the store.
 *
 * @throws RegraftError `record-not-found`, those of scanning, `labels-mismatch`
 * @example const { report } = await evaluateVersion(store, 'champion', 'held-out/');
 */
export const evaluateVersion = async (
  store: Store,
  reference: string,
  data: string,
  { engine, signal, onProgress }: EvaluateOptions = {},
): Promise<VersionEvaluation> => {
  const started = performance.now();
  const { version, card, model } = await loadVersionModel(store, reference);
  const manifest = await scanTestSet(
    { ...dataLocation(data), labels: model.labels },
    { signal, knownFiles: store.knownFiles },
  );
  const files = manifest.images.map((image) => ({
    file: imageFile(manifest, image),
    sha256: image.sha256,
  }));
  const classified = await classifyImages(store, model, files, {
    temperature: temperatureOf(card.trust),
    engine,
    signal,
    onProgress: ({ done, total, rate }) =>
      onProgress?.({ done, total, secondsLeft: rate > 0 ? (total - done) / rate : null }),
  });
  if (classified.images.length === 0) {
    throw new RegraftError({
      code: 'data-too-small',
      message: `A version is measured on images that can be decoded. Received: none in ${data}`,
      hint: 'Open one of them in an image viewer.',
    });
  }
  const report = evaluatePredictions({
    probabilities: classified.probabilities,
    labels: classified.images.map((index) => manifest.images[index]!.label),
    classNames: model.labels,
  });
  const dataset = await recordManifest(store, manifest);
  await store.evaluations.record({ version, dataset, report });
  const unreadable = classified.unreadable.length;
  const problems = countProblems(manifest);
  return {
    version,
    dataset,
    report,
    cache: classified.cache,
    problems:
      unreadable > 0 ? { ...problems, unreadable: (problems.unreadable ?? 0) + unreadable } : problems,
    seconds: (performance.now() - started) / 1000,
  };
};

import { existsSync } from 'node:fs';
import type { Store } from '@regraft/store';
import { throwIfCancelled } from '../data/cancellation.js';
import { readManifest } from '../data/read-manifest.js';
import type { StartEngineOptions } from '../engines/start-engine.js';
import { predictFiles } from '../predict/predict-files.js';
import { loadVersionModel } from '../versions/load-version-model.js';
import { findAlike } from './find-alike.js';
import { findInspectedVersion } from './find-inspected-version.js';
import { findLabelSuspects } from './find-label-suspects.js';
import { findMistakes } from './find-mistakes.js';
import { findOutliers } from './find-outliers.js';
import { readInspectedData } from './inspected-data.js';
import { type InspectionReport, inspectionReportSchema } from './inspection-report.js';
import { withSecondOpinion } from './second-opinion.js';
import { describePrediction, rowsOf } from './select-rows.js';

/** How far an inspection is: images at the features, heads that judge labels, images compared. */
export interface InspectionProgress {
  readonly phase: 'features' | 'labels' | 'alike';
  readonly done: number;
  readonly total: number;
}

export interface InspectOptions {
  /** How many images of each kind to name: 12 unless told. */
  readonly top?: number | undefined;
  /** Further images to predict, for their heat maps. */
  readonly chosen?: readonly string[] | undefined;
  /** A backbone whose features judge the labels too. */
  readonly secondOpinion?: string | undefined;
  readonly engine?: StartEngineOptions | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: InspectionProgress) => void) | undefined;
}

const predictChosen = async (
  store: Store,
  version: string,
  files: readonly string[],
  { engine, signal }: Pick<InspectOptions, 'engine' | 'signal'>,
): Promise<Pick<InspectionReport, 'chosen'> & { unreadable: InspectionReport['data']['unreadable'] }> => {
  const chosen: InspectionReport['chosen'] = [];
  const unreadable: InspectionReport['data']['unreadable'] = [];
  if (files.length === 0) return { chosen, unreadable };
  const prediction = await predictFiles(store, version, files, {
    ...(engine && { engine }),
    ...(signal && { signal }),
  });
  for (const entry of prediction.files) {
    if ('error' in entry) unreadable.push({ file: entry.file, reason: entry.error.message });
    else {
      const { file, probabilities } = entry;
      const labels = Object.keys(probabilities);
      chosen.push({
        file,
        ...describePrediction(labels, Float32Array.from(Object.values(probabilities))),
      });
    }
  }
  return { chosen, unreadable };
};

/**
 * Looks for what a version gets wrong and for the images that may be to blame, in the data that it was trained and
 * measured on. The reference is a run's number or a version's id, name, alias or hash.
 *
 * @throws RegraftError `record-not-found`, `data-not-found` where none of the images can be read, `cancelled`
 * @example const { labelErrors } = await inspectVersion(store, 'champion');
 */
export const inspectVersion = async (
  store: Store,
  reference: string,
  { top = 12, chosen = [], secondOpinion, engine, signal, onProgress = () => undefined }: InspectOptions = {},
): Promise<InspectionReport> => {
  const started = performance.now();
  const { version, card, model } = await loadVersionModel(
    store,
    await findInspectedVersion(store, reference),
  );
  const manifest = await readManifest(store, card.dataset);
  const report =
    (phase: InspectionProgress['phase']) =>
    ({ done, total }: { readonly done: number; readonly total: number }): void =>
      onProgress({ phase, done, total });
  const data = await readInspectedData(store, model, manifest, {
    engine,
    signal,
    onProgress: report('features'),
  });
  const by =
    secondOpinion === undefined
      ? data
      : await withSecondOpinion(store, data, secondOpinion, { signal, onProgress: report('features') });
  const labelErrors = await findLabelSuspects(data, {
    top,
    by,
    signal,
    onProgress: (done, total) => report('labels')({ done, total }),
  });
  const alike = await findAlike(store, data, { top, signal, onProgress: report('alike') });
  const named = await predictChosen(store, version, chosen, { engine, signal });
  throwIfCancelled(signal, 'The inspection');
  return inspectionReportSchema.parse({
    version,
    name: card.name,
    run: card.run,
    labels: [...model.labels],
    blocks: card.blocks,
    data: {
      dataset: card.dataset,
      root: manifest.root,
      train: rowsOf(data, 'train').length,
      validation: rowsOf(data, 'validation').length,
      test: rowsOf(data, 'test').length,
      unreadable: [...named.unreadable, ...data.unreadable],
      gone: data.images.filter(({ file }) => !existsSync(file)).length,
    },
    ...findMistakes(data, top),
    labelErrors,
    alike,
    outliers: await findOutliers(data, top),
    chosen: named.chosen,
    seconds: (performance.now() - started) / 1000,
  } satisfies InspectionReport);
};

import { RegraftError } from '@regraft/errors';
import type { Manifest } from '../data/manifest.js';
import { recordManifest } from '../data/record-manifest.js';
import { scanTestSet } from '../data/scan-test-set.js';
import { type DataRequest, prepareData } from '../fit/prepare-data.js';
import type { PhaseProgress } from '../runs/phase-clock.js';

export interface NewData {
  readonly manifest: Manifest;
  /** The data set's number in the store. */
  readonly dataset: number;
}

/**
 * Reads new data to train on; where they are too few for that, and a version knows their labels, to test it on.
 *
 * @param known the labels of the version; null for a backbone
 * @throws RegraftError those of scanning
 */
export const readNewData = async (
  request: DataRequest,
  known: readonly string[] | null,
  options: { signal: AbortSignal; report: (progress: PhaseProgress) => void },
): Promise<NewData> => {
  const { store, run, recipe } = request;
  try {
    return await prepareData(request, options);
  } catch (error) {
    if (known === null || !RegraftError.isInstance(error) || error.code !== 'data-too-small') throw error;
    const { folder, csv, rename } = recipe.data;
    const manifest = await scanTestSet(
      { folder, csv, rename, labels: known },
      { signal: options.signal, knownFiles: store.knownFiles },
    ).catch((cause: unknown) => {
      // Labels that the version doesn't know can't be tested either: too few is the truer word.
      throw RegraftError.isInstance(cause) && cause.code === 'labels-mismatch' ? error : cause;
    });
    const dataset = await recordManifest(store, manifest);
    await store.runs.setDataset(run.id, dataset);
    return { manifest, dataset };
  }
};

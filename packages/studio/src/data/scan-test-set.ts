import { buildManifest } from './build-manifest.js';
import { checkHeldOut, checkLabels } from './check-classes.js';
import { inspectFiles, type ScanOptions } from './inspect-files.js';
import { type DatasetLocation, listDataset } from './list-dataset.js';
import type { Manifest } from './manifest.js';
import { type LabelNames, renameLabels } from './rename-labels.js';
import { resolveDuplicates } from './resolve-duplicates.js';

export interface TestSetRequest extends DatasetLocation {
  /** Those of the model to evaluate, in its order. */
  readonly labels: readonly string[];
  /** Other names for labels of the data. */
  readonly rename?: LabelNames | undefined;
}

/**
 * Reads a dataset to evaluate a model on: every image has the split `test`. Of a folder or CSV that has a test split
 * only that split is read. Unlike training, one class and one image are enough.
 *
 * @throws RegraftError `usage-invalid`, `data-not-found`, `data-invalid`, `data-too-small`, `labels-mismatch`,
 *   `cancelled`
 * @example const manifest = await scanTestSet({ folder: 'new-photos/', labels: ['ants', 'bees'] });
 */
export const scanTestSet = async (
  { labels, rename, ...location }: TestSetRequest,
  options: ScanOptions = {},
): Promise<Manifest> => {
  const found = renameLabels(await listDataset(location, options.signal), rename);
  const heldOut = found.files.filter(({ split }) => split === 'test');
  const files = (heldOut.length > 0 ? heldOut : found.files).map((file) => ({
    ...file,
    split: 'test' as const,
  }));
  checkLabels(
    files,
    labels.map((label) => label.normalize('NFC')),
  );
  const problems = [...found.problems];
  const images = resolveDuplicates(found.root, await inspectFiles(files, problems, options), problems);
  checkHeldOut(files, images, problems);
  return buildManifest(found, labels, images, problems);
};

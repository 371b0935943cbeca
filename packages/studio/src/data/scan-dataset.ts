import { assignSplits, carvedSplits, checkShares, smallestClass } from './assign-splits.js';
import { buildManifest } from './build-manifest.js';
import { checkClasses, checkHeldOut, trainingLabels } from './check-classes.js';
import { dataLocation } from './data-location.js';
import { inspectFiles, type ListedImage, type ScanOptions } from './inspect-files.js';
import { joinManifests } from './join-manifests.js';
import { type DatasetLocation, listDataset, listTestSet, withTestSet } from './list-dataset.js';
import type { Manifest } from './manifest.js';
import { type LabelNames, renameLabels } from './rename-labels.js';
import { resolveDuplicates } from './resolve-duplicates.js';

export interface DatasetRequest extends DatasetLocation {
  /** A separate test set: a folder of class folders, or a CSV. */
  readonly test?: string | undefined;
  /** A second data set, a folder or a CSV, whose images join those of the first. */
  readonly also?: string | undefined;
  /** Other names for labels, of the separate test set too. */
  readonly rename?: LabelNames | undefined;
  readonly seed: number;
  /** 0.15 unless told. */
  readonly validationShare?: number | undefined;
  /** 0.15 unless told. */
  readonly testShare?: number | undefined;
}

const byLabel = (labels: readonly string[], images: readonly ListedImage[]): Map<string, ListedImage[]> => {
  const groups = new Map<string, ListedImage[]>(labels.map((label) => [label, []]));
  for (const image of images) groups.get(image.label)!.push(image);
  return groups;
};

const scanOne = async (request: DatasetRequest, options: ScanOptions): Promise<Manifest> => {
  const { seed, validationShare = 0.15, testShare = 0.15 } = request;
  const shares = { seed, validationShare, testShare };
  checkShares(shares);
  const training = await listDataset(request, options.signal);
  const all =
    request.test === undefined
      ? training
      : withTestSet(training, await listTestSet(request.test, options.signal));
  const found = renameLabels(all, request.rename);
  const labels = trainingLabels(found);
  const carved = carvedSplits(found.files, shares);

  const problems = [...found.problems];
  const images = resolveDuplicates(found.root, await inspectFiles(found.files, problems, options), problems);
  checkHeldOut(found.files, images, problems);
  const classes = byLabel(labels, images);
  checkClasses(classes, smallestClass(carved), problems);
  const assigned = [...classes.values()].flatMap((ofClass) => assignSplits(ofClass, carved, shares));
  return buildManifest(found, labels, assigned, problems);
};

/**
 * Reads a dataset into a manifest: which images there are, what they show, which split each serves, and what was left
 * out and why. The same content, labels and seed give the same manifest, wherever the files lie and in whatever order
 * they are found.
 *
 * @throws RegraftError `usage-invalid`, `data-not-found`, `data-invalid`, `data-too-small`, `labels-mismatch`,
 *   `cancelled`
 * @example const manifest = await scanDataset({ folder: 'photos/', seed: 7 });
 */
export const scanDataset = async (
  { also, ...request }: DatasetRequest,
  options: ScanOptions = {},
): Promise<Manifest> => {
  const first = await scanOne(request, options);
  if (also === undefined) return first;
  const { seed, validationShare, testShare } = request;
  const second = { ...dataLocation(also), seed, validationShare, testShare };
  return joinManifests(first, await scanOne(second, options));
};

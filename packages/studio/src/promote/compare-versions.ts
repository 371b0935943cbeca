import { evaluatePredictions, indexLabels } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import type { Store } from '@regraft/store';
import { imageFile } from '../data/manifest-path.js';
import { compareAccuracy } from '../evaluate/compare-accuracy.js';
import { rightAnswers } from '../evaluate/right-answers.js';
import { type ClassifiedImages, type ClassifyOptions, classifyImages } from '../versions/classify-images.js';
import type { VersionModel } from '../versions/load-version-model.js';
import type { TestImages } from './find-test-images.js';
import type { VersionComparison } from './promotion.js';

/** The probabilities of some of the images, in the order of those. */
const probabilitiesOf = (
  { images, probabilities }: ClassifiedImages,
  wanted: readonly number[],
  width: number,
): Float32Array => {
  const rows = new Map(images.map((image, row) => [image, row]));
  const selected = new Float32Array(wanted.length * width);
  for (const [at, image] of wanted.entries()) {
    const row = rows.get(image)! * width;
    selected.set(probabilities.subarray(row, row + width), at * width);
  }
  return selected;
};

const requireReadable = (
  { images, test }: TestImages,
  { unreadable }: ClassifiedImages,
  readable: readonly number[],
): void => {
  if (readable.length > 0) return;
  const [first] = unreadable;
  const cause = first ? ` (${images[first.index]!.path}: ${first.reason})` : '';
  throw new RegraftError({
    code: 'data-too-small',
    message: `Versions are compared on images that can be read. Received: none of ${images.length} in ${test}${cause}`,
    hint: 'Name another test set with --test, or move the name all the same with --force.',
  });
};

/**
 * Compares two versions of the same labels on the same images, and keeps the evaluation of each in the store.
 *
 * @throws RegraftError `data-too-small` where none of the images can be read
 */
export const compareVersions = async (
  store: Store,
  [current, next]: readonly [VersionModel, VersionModel],
  testImages: TestImages,
  options: ClassifyOptions,
): Promise<VersionComparison> => {
  const { test, dataset, manifest, images, learned } = testImages;
  const files = images.map((image) => ({ file: imageFile(manifest, image), sha256: image.sha256 }));
  const ofCurrent = await classifyImages(store, current.model, files, options);
  const ofNext = await classifyImages(store, next.model, files, options);
  const readByNext = new Set(ofNext.images);
  const readable = ofCurrent.images.filter((index) => readByNext.has(index));
  requireReadable(testImages, ofNext, readable);
  const names = readable.map((index) => manifest.labels[images[index]!.label]!);

  const measure = async ({ version, model }: VersionModel, classified: ClassifiedImages) => {
    const width = model.labels.length;
    const probabilities = probabilitiesOf(classified, readable, width);
    const labels = indexLabels(model.labels, names);
    const report = evaluatePredictions({ probabilities, labels, classNames: model.labels });
    await store.evaluations.record({ version, dataset, report });
    return rightAnswers(probabilities, labels, { width });
  };
  const change = compareAccuracy(await measure(current, ofCurrent), await measure(next, ofNext));
  return { ...change, test, dataset, learned, unreadable: images.length - readable.length };
};

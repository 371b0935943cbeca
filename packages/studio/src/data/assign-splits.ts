import { createHash } from 'node:crypto';
import { RegraftError } from '@regraft/errors';
import type { ListedImage } from './inspect-files.js';
import type { Split } from './manifest.js';

export interface SplitOptions {
  readonly seed: number;
  /** Of the images that nobody assigned; 0 for no validation split. */
  readonly validationShare: number;
  /** Of the images that nobody assigned; 0 for no test split. */
  readonly testShare: number;
}

export type SplitImage = ListedImage & { readonly split: Split };

/** The splits that are given nowhere and so are taken from the training images. */
export interface CarvedSplits {
  readonly validation: boolean;
  readonly test: boolean;
}

/** Whether an image is free to be trained on, or to be carved off for another split. */
export const isTrainable = ({ split }: { readonly split: Split | undefined }): boolean =>
  split === undefined || split === 'train';

/** Which splits must be carved, given those that files were assigned to. */
export const carvedSplits = (
  files: readonly { readonly split: Split | undefined }[],
  { validationShare, testShare }: SplitOptions,
): CarvedSplits => {
  const given = new Set(files.map(({ split }) => split));
  return {
    validation: validationShare > 0 && !given.has('validation'),
    test: testShare > 0 && !given.has('test'),
  };
};

/** How many images of a class its training folder must have. */
export const smallestClass = ({ validation, test }: CarvedSplits): number =>
  1 + Number(validation) + Number(test);

/** Shares that leave nothing to train on, or aren't shares, throw `usage-invalid`. */
export const checkShares = ({ validationShare, testShare }: SplitOptions): void => {
  const inRange = [validationShare, testShare].every((share) => share >= 0 && share < 1);
  if (inRange && validationShare + testShare < 1) return;
  throw new RegraftError({
    code: 'usage-invalid',
    message: `The shares of validation and test must be from 0 to below 1, together below 1. Received: ${validationShare} and ${testShare}`,
    hint: 'Use 0.15 for each.',
    details: { validationShare, testShare },
  });
};

/**
 * Assigns a split to every image of one class. The order of a hash of seed and content decides, so neither names nor
 * their order matter; each carved split gets its share of the unassigned and training images, rounded, but at least
 * one, and training keeps at least one.
 */
export const assignSplits = (
  images: readonly ListedImage[],
  carved: CarvedSplits,
  { seed, validationShare, testShare }: SplitOptions,
): SplitImage[] => {
  const heldOut = images.filter((image): image is SplitImage => !isTrainable(image));
  const ranked = images
    .filter(isTrainable)
    .map((image) => ({ image, rank: createHash('sha256').update(`${seed}:${image.sha256}`).digest('hex') }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const share = (wanted: boolean, of: number, most: number): number =>
    wanted ? Math.min(Math.max(1, Math.round(ranked.length * of)), most) : 0;
  const test = share(carved.test, testShare, ranked.length - 1 - Number(carved.validation));
  const validation = share(carved.validation, validationShare, ranked.length - 1 - test);
  const splitAt = (position: number): Split =>
    position < test ? 'test' : position < test + validation ? 'validation' : 'train';
  return [...heldOut, ...ranked.map(({ image }, position) => ({ ...image, split: splitAt(position) }))];
};

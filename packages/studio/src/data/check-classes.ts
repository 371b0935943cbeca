import { RegraftError } from '@regraft/errors';
import { isTrainable } from './assign-splits.js';
import { compareCodePoints } from './code-points.js';
import { countProblems } from './count-problems.js';
import type { ListedImage } from './inspect-files.js';
import type { ListedFile, Listing } from './listing.js';
import type { DataProblem } from './manifest.js';

const shown = 10;

const list = (items: readonly string[]): string =>
  items.length <= shown
    ? items.join(', ')
    : `${items.slice(0, shown).join(', ')} and ${items.length - shown} more`;

const leftOut = (problems: readonly DataProblem[]): string => {
  const counts = Object.entries(countProblems({ problems })).map(([kind, count]) => `${count} ${kind}`);
  return counts.length === 0 ? '' : ` Left out: ${counts.join(', ')}.`;
};

/**
 * The labels of a training set, in code-point order.
 *
 * @throws RegraftError `labels-mismatch` where a held-out file has a label that nothing trains
 */
export const trainingLabels = ({ labels, files }: Listing): string[] => {
  const known = [...labels].sort(compareCodePoints);
  checkLabels(files, known);
  return known;
};

/** Throws `labels-mismatch` where a file's label is none of the known ones. */
export const checkLabels = (files: readonly ListedFile[], known: readonly string[]): void => {
  const knownLabels = new Set(known);
  const unknown = [...new Set(files.map(({ label }) => label))].filter((label) => !knownLabels.has(label));
  if (unknown.length === 0) return;
  throw new RegraftError({
    code: 'labels-mismatch',
    message: `Images to test on must have labels that are trained. Received: ${list(unknown)}. Trained: ${list(known)}`,
    hint: 'Name the folders as the training classes are named, or take these out.',
    details: { unknown, known },
  });
};

/**
 * Throws `data-too-small` unless there are two classes, each with at least `smallest` images to train on and carve
 * the other splits from.
 */
export const checkClasses = (
  classes: ReadonlyMap<string, readonly ListedImage[]>,
  smallest: number,
  problems: readonly DataProblem[],
): void => {
  const counts = new Map([...classes].map(([label, images]) => [label, images.filter(isTrainable).length]));
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const small = [...counts].filter(([, count]) => count < smallest);
  const tooSmall = (message: string, hint: string): RegraftError =>
    new RegraftError({
      code: 'data-too-small',
      message: message + leftOut(problems),
      hint,
      details: { counts: Object.fromEntries(counts), smallest, problems: countProblems({ problems }) },
    });
  if (total === 0) {
    throw tooSmall(
      'A dataset must hold images. Received none that can be read.',
      'Add JPEG, PNG, WebP, GIF, AVIF or TIFF images to the class folders.',
    );
  }
  if (counts.size < 2) {
    throw tooSmall(
      `A classifier needs at least two classes. Received one: ${[...counts.keys()]}, ${total} images.`,
      'Give the folder that holds the class folders, and in it a folder of what this class must be told from.',
    );
  }
  if (small.length > 0) {
    throw tooSmall(
      `Each class needs at least ${smallest} different images to train on. Received: ${list(small.map(([label, count]) => `${label} ${count}`))}.`,
      'Add images to these classes, or take their folders out.',
    );
  }
};

/** Throws `data-too-small` where a validation or test set was given, and none of its images can be used. */
export const checkHeldOut = (
  files: readonly ListedFile[],
  images: readonly ListedImage[],
  problems: readonly DataProblem[],
): void => {
  const usable = new Set(images.map(({ split }) => split));
  const empty = (['validation', 'test'] as const).find(
    (split) => !usable.has(split) && files.some((file) => file.split === split),
  );
  if (empty === undefined) return;
  throw new RegraftError({
    code: 'data-too-small',
    message: `A ${empty} set must hold images. Received none that can be used.${leftOut(problems)}`,
    hint: 'Add images to it, or leave it out.',
    details: { split: empty, problems: countProblems({ problems }) },
  });
};

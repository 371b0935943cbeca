import { compareCodePoints } from './code-points.js';
import type { ListedImage } from './inspect-files.js';
import type { DataProblem, Split } from './manifest.js';
import { manifestPath } from './manifest-path.js';

const keepOrder: Readonly<Record<Split, number>> = { test: 0, validation: 1, train: 2 };

const byKeepOrder = (a: ListedImage, b: ListedImage): number =>
  (a.split ? keepOrder[a.split] : 3) - (b.split ? keepOrder[b.split] : 3) ||
  compareCodePoints(a.path, b.path);

/**
 * Keeps one of the files that hold the same bytes: that of the test set before that of the validation set before
 * that of the training set, so no image falls on both sides of a split; then the first by path. Under two labels
 * nobody can say which is right, so all of them are left out.
 */
export const resolveDuplicates = <Image extends ListedImage>(
  root: string,
  images: readonly Image[],
  problems: DataProblem[],
): Image[] => {
  const groups = new Map<string, Image[]>();
  for (const image of images) {
    const group = groups.get(image.sha256);
    if (group) group.push(image);
    else groups.set(image.sha256, [image]);
  }
  const kept: Image[] = [];
  for (const group of groups.values()) {
    const [first, ...others] = group.sort(byKeepOrder);
    const labels = [...new Set(group.map(({ label }) => label))].sort(compareCodePoints);
    if (labels.length === 1) {
      kept.push(first!);
      for (const { path } of others) {
        problems.push({
          kind: 'duplicate',
          path,
          detail: `the same image as ${manifestPath(root, first!.path)}`,
        });
      }
    } else {
      const detail = `the same image is labelled ${labels.map((label) => `"${label}"`).join(' and ')}`;
      for (const { path } of group) problems.push({ kind: 'conflicting-duplicate', path, detail });
    }
  }
  return kept;
};

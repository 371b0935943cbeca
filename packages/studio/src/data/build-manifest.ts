import type { SplitImage } from './assign-splits.js';
import { compareCodePoints } from './code-points.js';
import type { DataProblem, Manifest } from './manifest.js';
import { manifestPath } from './manifest-path.js';

/** Puts a scan's findings into the form and order of a manifest. */
export const buildManifest = (
  { root, name }: { readonly root: string; readonly name: string },
  labels: readonly string[],
  images: readonly SplitImage[],
  problems: readonly DataProblem[],
): Manifest => {
  const labelIndex = new Map(labels.map((label, index) => [label.normalize('NFC'), index]));
  return {
    root,
    name,
    labels,
    images: images
      .map(({ path, label, sha256, split, bytes, width, height }) => ({
        path: manifestPath(root, path),
        sha256,
        label: labelIndex.get(label)!,
        split,
        bytes,
        width,
        height,
      }))
      .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
    problems: problems
      .map((problem) => ({ ...problem, path: manifestPath(root, problem.path) }))
      .sort((a, b) => compareCodePoints(a.path, b.path)),
  };
};

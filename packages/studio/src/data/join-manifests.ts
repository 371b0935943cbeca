import type { Manifest } from './manifest.js';
import { imageFile, manifestPath } from './manifest-path.js';

/**
 * Two data sets as one: every label of either, every image in the split that it had. An image of both keeps its label
 * and split of the first.
 *
 * @example joinManifests(await scanDataset({ folder: 'a', seed }), await scanDataset({ folder: 'b', seed }))
 */
export const joinManifests = (first: Manifest, second: Manifest): Manifest => {
  const labels = [...first.labels, ...second.labels.filter((label) => !first.labels.includes(label))];
  const known = new Set(first.images.map(({ sha256 }) => sha256));
  const path = (own: Parameters<typeof imageFile>[1]): string =>
    manifestPath(first.root, imageFile(second, own));
  const added = second.images
    .filter(({ sha256 }) => !known.has(sha256))
    .map((image) => ({
      ...image,
      path: path(image),
      label: labels.indexOf(second.labels[image.label]!),
    }));
  return {
    ...first,
    name: `${first.name} and ${second.name}`,
    labels,
    images: [...first.images, ...added].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
    problems: [
      ...first.problems,
      ...second.problems.map((problem) => ({ ...problem, path: `${second.name}/${problem.path}` })),
    ],
  };
};

import { expect, test } from 'vitest';
import { joinManifests } from './join-manifests.js';
import { type Manifest, manifestSchema, type Split } from './manifest.js';

const manifest = (root: string, images: readonly (readonly [string, string, Split])[]): Manifest => {
  const labels = [...new Set(images.map(([, label]) => label))];
  return {
    root,
    name: root.slice(1),
    labels,
    images: images.map(([digit, label, split]) => ({
      path: `${label}/${digit}.png`,
      sha256: digit.repeat(64),
      label: labels.indexOf(label),
      split,
      bytes: 1,
      width: 1,
      height: 1,
    })),
    problems: [{ kind: 'unreadable', path: 'x.png', detail: 'broken' }],
  };
};

const first = manifest('/a', [
  ['5', 'ants', 'train'],
  ['1', 'bees', 'test'],
]);
const second = manifest('/b', [
  ['3', 'bees', 'validation'],
  ['4', 'wasps', 'train'],
  ['1', 'wasps', 'train'],
]);

test('has the labels of both and each image once, where it lies and in the split that it had', () => {
  const joined = joinManifests(first, second);
  expect(joined.labels).toEqual(['ants', 'bees', 'wasps']);
  expect(
    joined.images.map(({ sha256, path, label, split }) => [sha256[0], path, joined.labels[label], split]),
  ).toEqual([
    ['1', 'bees/1.png', 'bees', 'test'],
    ['3', '/b/bees/3.png', 'bees', 'validation'],
    ['4', '/b/wasps/4.png', 'wasps', 'train'],
    ['5', 'ants/5.png', 'ants', 'train'],
  ]);
  expect(joined.problems.map(({ path }) => path)).toEqual(['x.png', 'b/x.png']);
  expect(manifestSchema.parse(joined)).toEqual(joined);
});

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Manifest, type ManifestImage, manifestSchema, type Split } from '../data/manifest.js';
import { joinReplayed } from './join-replayed.js';

/** Images named `ants/train-0.png` and so on, as many as told for each label and split. */
const manifest = (root: string, counts: Record<string, Partial<Record<Split, number>>>): Manifest => {
  const labels = Object.keys(counts);
  const images: ManifestImage[] = labels.flatMap((name, label) =>
    Object.entries(counts[name]!).flatMap(([split, count]) =>
      Array.from({ length: count }, (_, index) => {
        const path = `${name}/${split}-${index}.png`;
        const sha256 = createHash('sha256')
          .update(root + path)
          .digest('hex');
        return { path, sha256, label, split: split as Split, bytes: 1, width: 1, height: 1 };
      }),
    ),
  );
  return { root, name: root, labels, images, problems: [] };
};

const old = manifest('/old', {
  ants: { train: 40, validation: 6, test: 5 },
  bees: { train: 8, validation: 2, test: 1 },
});
const scanned = manifest('/new', { wasps: { train: 20, validation: 3, test: 3 } });

const count = ({ images, labels }: Manifest, label: string, split: Split): number =>
  images.filter((image) => labels[image.label] === label && image.split === split).length;

test('takes so many training images of each old class and all that were held out, beside the new ones', () => {
  const joined = joinReplayed(scanned, old, { perClass: 10, seed: 3 });
  expect(joined.labels).toEqual(['wasps', 'ants', 'bees']);
  expect(joined.labels.map((label) => count(joined, label, 'train'))).toEqual([20, 10, 8]);
  expect(joined.labels.map((label) => count(joined, label, 'validation'))).toEqual([3, 6, 2]);
  expect(joined.labels.map((label) => count(joined, label, 'test'))).toEqual([3, 5, 1]);
  expect(manifestSchema.parse(JSON.parse(JSON.stringify(joined)))).toEqual(joined);
});

test('old images are marked, are found where they lie, and stand among the others by their sha256', () => {
  const { images } = joinReplayed(scanned, old, { perClass: 1, seed: 3 });
  expect(images.filter(({ replayed }) => replayed).every(({ path }) => path.startsWith('/old/'))).toBe(true);
  expect(images.filter(({ replayed }) => !replayed)).toHaveLength(26);
  const order = images.map(({ sha256 }) => sha256);
  expect(order).toEqual([...order].sort());
});

test('the seed alone decides which, and more images hold fewer', () => {
  const picked = (perClass: number, seed: number) =>
    joinReplayed(scanned, old, { perClass, seed }).images.map(({ sha256 }) => sha256);
  expect(picked(10, 3)).toEqual(picked(10, 3));
  expect(picked(10, 3)).not.toEqual(picked(10, 4));
  expect(picked(20, 3)).toEqual(expect.arrayContaining(picked(10, 3)));
});

test('an old image that is among the new ones keeps its new label and split', () => {
  const [image] = old.images;
  const again = { ...scanned, images: [...scanned.images, { ...image!, label: 0, split: 'test' as const }] };
  const found = joinReplayed(again, old, { perClass: 100, seed: 3 }).images.filter(
    ({ sha256 }) => sha256 === image!.sha256,
  );
  expect(found).toEqual([{ ...image!, label: 0, split: 'test' }]);
});

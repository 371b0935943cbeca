import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Manifest } from '../data/manifest.js';
import { scanDataset } from '../data/scan-dataset.js';
import { testStore } from '../testing/fit-version.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { testPicture } from '../testing/test-images.js';
import { findSeen, withoutSeen } from './find-seen.js';

const png = (seed: number, size = 320): Promise<Buffer> => testPicture(seed, size, size).png().toBuffer();

/** Six old images of each split that a folder says; new ones of which some are among those, or are copies of them. */
const scanned = async (): Promise<{ folder: string; old: Manifest; fresh: Manifest }> => {
  const folder = temporaryFolder({
    'old/train/a/1.png': await png(1),
    'old/train/a/2.png': await png(2),
    'old/train/b/3.png': await png(3),
    'old/train/b/4.png': await png(4),
    'old/test/a/5.png': await png(5),
    'old/test/b/6.png': await png(6),
    'new/train/a/same-as-1.png': await png(1),
    'new/train/a/20.png': await png(20),
    'new/train/b/21.png': await png(21),
    'new/train/b/22.png': await png(22),
    'new/test/a/like-2.png': await png(2, 200),
    'new/test/a/same-as-5.png': await png(5),
    'new/test/b/23.png': await png(23),
  });
  const [old, fresh] = await Promise.all(
    ['old', 'new'].map((name) => scanDataset({ folder: join(folder, name), seed: 1, validationShare: 0 })),
  );
  return { folder, old: old!, fresh: fresh! };
};

const find = async (manifests: { readonly old: Manifest; readonly fresh: Manifest }) => {
  const store = await testStore(temporaryFolder());
  onTestFinished(() => store.close());
  const progress: { done: number; total: number }[] = [];
  const report = ({ done, total }: { done: number; total: number }) => progress.push({ done, total });
  const { signal } = new AbortController();
  return { ...(await findSeen(store, manifests, { signal, report })), progress };
};

const namesOf = ({ images }: Manifest): string[] => images.map(({ path }) => path).sort();

test('the same files and scaled copies are found; only what was trained on is left out', async () => {
  const { folder, old, fresh } = await scanned();
  const { findings, trainedOn, progress } = await find({ old, fresh });
  expect(findings).toMatchObject({ compared: 6, unreadable: 0, exact: 2, near: 1, leftOut: 2 });
  expect(findings.examples).toContainEqual({
    old: join(folder, 'old/train/a/2.png'),
    new: join(folder, 'new/test/a/like-2.png'),
    bits: expect.any(Number),
  });
  const left = fresh.images.filter(({ sha256 }) => trainedOn.has(sha256)).map(({ path }) => path);
  expect(left.sort()).toEqual(['test/a/like-2.png', 'train/a/same-as-1.png']);
  expect(progress.at(-1)).toEqual({ done: 13, total: 13 });
});

test('what was trained on may be trained on again, and is not tested on', async () => {
  const { old, fresh } = await scanned();
  const { trainedOn } = await find({ old, fresh });
  expect(namesOf(withoutSeen(fresh, trainedOn))).toEqual(
    namesOf(fresh).filter((name) => name !== 'test/a/like-2.png'),
  );
});

test('old images that are gone are counted, and those of the same bytes found all the same', async () => {
  const { old, fresh } = await scanned();
  const { findings } = await find({ old: { ...old, root: '/nowhere' }, fresh });
  expect(findings).toMatchObject({ compared: 6, exact: 2, near: 0, leftOut: 1 });
  expect(findings.unreadable).toBeGreaterThan(0);
});

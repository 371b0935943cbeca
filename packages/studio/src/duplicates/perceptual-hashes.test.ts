import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openStore, type Store } from '@regraft/store';
import type { Sharp } from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { failureOf } from '../testing/failure-of.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { testPicture } from '../testing/test-images.js';
import { findDuplicates } from './find-duplicates.js';
import { perceptualHashes } from './perceptual-hashes.js';

const temporaryStore = async (): Promise<Store> => {
  const store = await openStore(join(temporaryFolder(), 'store'), { mode: 'create' });
  onTestFinished(() => store.close());
  return store;
};

/** Files of images, each with the sha256 of its bytes. */
const imageFiles = async (images: Readonly<Record<string, Sharp>>) => {
  const files = Object.fromEntries(
    await Promise.all(
      Object.entries(images).map(async ([name, image]) => [name, await image.toBuffer()] as const),
    ),
  );
  const folder = temporaryFolder(files);
  const listed = Object.entries(files).map(([name, bytes]) => ({
    file: join(folder, name),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }));
  return { folder, images: listed };
};

test('copies that were scaled, compressed again or made brighter are found, other pictures are not', async () => {
  const store = await temporaryStore();
  const { images } = await imageFiles({
    'one.png': testPicture(1, 640, 480).png(),
    'smaller.png': testPicture(1, 640, 480).resize(200, 150).png(),
    'compressed.jpg': testPicture(1, 640, 480).jpeg({ quality: 30 }),
    'brighter.png': testPicture(1, 640, 480).modulate({ brightness: 1.15 }).png(),
    ...Object.fromEntries([2, 3, 4, 5].map((seed) => [`${seed}.png`, testPicture(seed, 640, 480).png()])),
  });
  const hashes = await perceptualHashes(store, images);
  const hashed = images.map(({ sha256 }, index) => ({ sha256, hash: hashes[index]! }));
  const pairs = findDuplicates(hashed, hashed).near.map(({ index, other }) => `${index}-${other}`);
  expect(pairs.sort()).toEqual(['0-1', '0-2', '0-3', '1-2', '1-3', '2-3']);
});

test('a second call touches no file; what could not be read is null and is tried again', async () => {
  const store = await temporaryStore();
  const { folder, images } = await imageFiles({
    'a.png': testPicture(1, 64, 64).png(),
    'b.png': testPicture(2, 64, 64).png(),
  });
  const changed = { file: images[0]!.file, sha256: '0'.repeat(64) };
  const gone = { file: join(folder, 'gone.png'), sha256: '1'.repeat(64) };
  const asked = [...images, changed, gone, images[0]!];
  const progress: number[] = [];
  const first = await perceptualHashes(store, asked, { onProgress: ({ done }) => progress.push(done) });
  expect(first[0]?.bits).toMatch(/^[0-9a-f]{16}$/);
  expect(first.slice(2)).toEqual([null, null, first[0]]);
  expect(progress).toEqual([0, 1, 2, 3, 4]);

  rmSync(folder, { recursive: true });
  expect(await perceptualHashes(store, asked)).toEqual(first);
});

test('a pass that is stopped says so and keeps what it has', async () => {
  const store = await temporaryStore();
  const { folder, images } = await imageFiles(
    Object.fromEntries([1, 2, 3, 4, 5, 6].map((seed) => [`${seed}.png`, testPicture(seed, 32, 32).png()])),
  );
  const controller = new AbortController();
  const stopped = perceptualHashes(store, images, {
    signal: controller.signal,
    onProgress: ({ done }) => done === 1 && controller.abort(),
  });
  expect((await failureOf(stopped)).code).toBe('cancelled');
  rmSync(folder, { recursive: true });
  const kept = await perceptualHashes(store, images);
  expect(kept.filter((hash) => hash !== null).length).toBeGreaterThan(0);
});

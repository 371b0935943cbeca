import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { failureOf } from '../testing/failure-of.js';
import { fitVersion, testStore } from '../testing/fit-version.js';
import { loseFeatures } from '../testing/lose-features.js';
import { loseImages } from '../testing/lose-images.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { classFolders } from '../testing/test-images.js';
import { loadVersionFeatures } from './version-features.js';

let files: Record<string, Buffer>;

beforeAll(async () => {
  files = await classFolders({ ants: 20, bees: 10 });
});

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

test.each(['head-only', 'last'] as const)(
  'features are kept with a version and come out the same when computed anew, %s',
  async (kind) => {
    const folder = temporaryFolder(files);
    const store = await testStore(temporaryFolder());
    const freeze = kind === 'last' ? { kind, count: 1 } : { kind };
    const { version } = await fitVersion(store, { data: { folder }, freeze, training: { epochs: 1 } });
    const kept = await loadVersionFeatures(store, version);
    expect(kept).toMatchObject({ source: 'kept', width: 1280 });
    for (const { values, labels, images } of [kept.training, kept.validation!]) {
      expect(values).toHaveLength(labels.length * 1280);
      expect(images).toHaveLength(labels.length);
      for (const [index, image] of images.entries()) {
        const [path] = Object.entries(files).find(([, bytes]) => sha256(bytes) === image)!;
        expect(path.startsWith(labels[index] === 0 ? 'ants/' : 'bees/')).toBe(true);
      }
    }
    expect(new Set([...kept.training.images, ...kept.validation!.images]).size).toBe(
      kept.training.labels.length + kept.validation!.labels.length,
    );

    await loseFeatures(store, version);
    // The cached activations are enough: the images may be gone too.
    rmSync(folder, { recursive: true });
    const { source, ...again } = await loadVersionFeatures(store, version);
    expect(source).toBe('recomputed');
    expect(again).toEqual({ width: kept.width, training: kept.training, validation: kept.validation });
    await store.close();
  },
);

test('without the features, the cache and the images a sentence says so', async () => {
  const folder = temporaryFolder(files);
  const store = await testStore(temporaryFolder());
  const { version } = await fitVersion(store, { data: { folder } });
  await loseFeatures(store, version);
  await loseImages(store, folder);
  const failure = await failureOf(loadVersionFeatures(store, version));
  expect(failure).toMatchObject({ code: 'data-not-found', hint: expect.stringContaining('images') });
  await store.close();
});

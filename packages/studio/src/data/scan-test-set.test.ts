import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { classFolders } from '../testing/test-images.js';
import { manifestCounts } from './manifest-counts.js';
import { scanTestSet } from './scan-test-set.js';

test('every image is tested on, with the labels of the model in its order', async () => {
  const root = temporaryFolder(await classFolders({ bees: 2, 'cafe\u0301': 1 }));
  const manifest = await scanTestSet({ folder: root, labels: ['wasps', 'caf\u00e9', 'bees'] });
  expect(manifest.labels).toEqual(['wasps', 'caf\u00e9', 'bees']);
  expect(manifestCounts(manifest)).toEqual({ train: [0, 0, 0], validation: [0, 0, 0], test: [0, 1, 2] });
});

test('of a dataset with a test split only that is read', async () => {
  const root = temporaryFolder(
    await classFolders({ 'train/ants': 3, 'train/bees': 3, 'test/ants': 1, 'test/bees': 1 }),
  );
  const { images } = await scanTestSet({ folder: root, labels: ['ants', 'bees'] });
  expect(images.map(({ path }) => path).sort()).toEqual(['test/ants/0.png', 'test/bees/0.png']);
});

test('labels the model does not know, and a set without images, are errors', async () => {
  const root = temporaryFolder({
    ...(await classFolders({ 'a/ants': 1, 'a/eels': 1 })),
    'b/ants/x.txt': 'x',
  });
  await expect(scanTestSet({ folder: join(root, 'a'), labels: ['ants', 'bees'] })).rejects.toMatchObject({
    code: 'labels-mismatch',
    details: { unknown: ['eels'], known: ['ants', 'bees'] },
  });
  await expect(scanTestSet({ folder: join(root, 'b'), labels: ['ants', 'bees'] })).rejects.toMatchObject({
    code: 'data-too-small',
    message: 'A test set must hold images. Received none that can be used. Left out: 1 not-an-image.',
  });
});

import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../testing/temporary-folder.js';
import { classFolders, hugePng, testImage, testPng } from '../testing/test-images.js';
import { datasetIdentity } from './dataset-identity.js';
import { type Manifest, manifestSchema } from './manifest.js';
import { manifestCounts } from './manifest-counts.js';
import { scanDataset } from './scan-dataset.js';

const labelsOf = ({ labels, images }: Manifest): Record<string, string> =>
  Object.fromEntries(images.map(({ path, label }) => [path, labels[label]!]));

const kindsOf = ({ problems }: Manifest): Record<string, string> =>
  Object.fromEntries(problems.map(({ path, kind }) => [path, kind]));

const asNobody = async <Result>(action: () => Promise<Result>): Promise<Result> => {
  if (process.getuid?.() !== 0) return action();
  process.seteuid!(65_534);
  try {
    return await action();
  } finally {
    process.seteuid!(0);
  }
};

test('a folder of class folders becomes a manifest that survives JSON', async () => {
  const root = temporaryFolder(await classFolders({ cats: 20, dogs: 10 }));
  const manifest = await scanDataset({ folder: root, seed: 7 });
  expect(manifest.labels).toEqual(['cats', 'dogs']);
  expect(manifest.images).toHaveLength(30);
  expect(manifest.problems).toEqual([]);
  expect(manifestCounts(manifest)).toEqual({ train: [14, 6], validation: [3, 2], test: [3, 2] });
  expect(manifest.images[0]).toMatchObject({ width: 16, height: 12 });
  expect(labelsOf(manifest)['dogs/3.png']).toBe('dogs');
  expect(manifestSchema.parse(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest);
});

test('every way to have no dataset is one sentence with what to do', async () => {
  const root = temporaryFolder({
    'photos/cats/1.png': await testPng(1),
    'flat/1.png': await testPng(2),
    'notes/cats/readme.txt': 'hello',
    'notes/dogs/empty.png': '',
    ...(await classFolders({ 'few/cats': 5, 'few/dogs': 2, 'few/eels': 1, 'one/cats': 5 })),
  });
  mkdirSync(join(root, 'nothing'));
  mkdirSync(join(root, 'few/fish'));
  const failure = (folder: string): Promise<unknown> =>
    scanDataset({ folder: join(root, folder), seed: 1 }).then(
      () => 'no error',
      ({ code, message, hint }) => ({
        code,
        text: `${message.replace(root, '~')} ${hint.replace(root, '~')}`,
      }),
    );
  expect(await failure('photoes')).toEqual({
    code: 'data-not-found',
    text: 'A data folder must exist. Received: ~/photoes Check the path. Did you mean ~/photos?',
  });
  expect(await failure('flat/1.png')).toMatchObject({
    code: 'data-invalid',
    text: expect.stringMatching(/Received a file/),
  });
  expect(await failure('nothing')).toMatchObject({
    code: 'data-invalid',
    text: expect.stringMatching(/an empty folder/),
  });
  expect(await failure('flat')).toMatchObject({
    code: 'data-invalid',
    text: expect.stringMatching(/1 images and no folder/),
  });
  expect(await failure('notes')).toEqual({
    code: 'data-too-small',
    text: 'A dataset must hold images. Received none that can be read. Left out: 1 empty, 1 not-an-image. Add JPEG, PNG, WebP, GIF, AVIF or TIFF images to the class folders.',
  });
  expect(await failure('one')).toMatchObject({
    code: 'data-too-small',
    text: expect.stringMatching(/one: cats, 5 images/),
  });
  expect(await failure('few')).toMatchObject({
    code: 'data-too-small',
    text: expect.stringMatching(/at least 3 different images.*Received: dogs 2, eels 1, fish 0\./),
  });
});

test('splits above the class folders are recognised, and a missing one is carved from the training images', async () => {
  const files = await classFolders({
    'Train/cats': 10,
    'Train/dogs': 10,
    'valid/cats': 2,
    'valid/dogs': 2,
  });
  const root = temporaryFolder(files);
  const manifest = await scanDataset({ folder: root, seed: 7 });
  expect(manifest.labels).toEqual(['cats', 'dogs']);
  expect(manifestCounts(manifest)).toEqual({ train: [8, 8], validation: [2, 2], test: [2, 2] });
  for (const { path, split } of manifest.images) {
    if (path.startsWith('valid')) expect(split).toBe('validation');
    else expect(split).not.toBe('validation');
  }
  writeFiles(root, await classFolders({ 'testing/cats': 1, 'testing/dogs': 1 }, 100));
  expect(manifestCounts(await scanDataset({ folder: root, seed: 7 }))).toEqual({
    train: [10, 10],
    validation: [2, 2],
    test: [1, 1],
  });
});

test('classes may be called train and test', async () => {
  const root = temporaryFolder(await classFolders({ train: 3, test: 3, plane: 3 }));
  expect((await scanDataset({ folder: root, seed: 1 })).labels).toEqual(['plane', 'test', 'train']);
  const nested = temporaryFolder(await classFolders({ 'train/steam': 3, plane: 3 }));
  expect((await scanDataset({ folder: nested, seed: 1 })).labels).toEqual(['plane', 'train']);
});

test('files without a label are named: beside class folders, beside splits, in an unlabelled test folder', async () => {
  const root = temporaryFolder({
    ...(await classFolders({ 'train/cats': 5, 'train/dogs': 5, test: 2, extra: 1 }, 1)),
    'train/stray.jpg': await testPng(90),
    'labels.txt': 'x',
  });
  expect(kindsOf(await scanDataset({ folder: root, seed: 1 }))).toEqual({
    extra: 'unlabelled',
    'labels.txt': 'not-an-image',
    'test/0.png': 'unlabelled',
    'test/1.png': 'unlabelled',
    'train/stray.jpg': 'unlabelled',
  });
});

test('a separate test set is tested on, and must not have labels that nothing trains', async () => {
  const root = temporaryFolder(await classFolders({ 'a/cats': 6, 'a/dogs': 6, 'b/cats': 4, 'b/dogs': 1 }));
  const manifest = await scanDataset({ folder: join(root, 'a'), test: join(root, 'b'), seed: 7 });
  expect(manifestCounts(manifest)).toEqual({ train: [5, 5], validation: [1, 1], test: [4, 1] });
  expect(
    manifest.images.filter(({ split }) => split === 'test').every(({ path }) => path.startsWith(root)),
  ).toBe(true);
  writeFiles(root, await classFolders({ 'b/eels': 1 }, 50));
  await expect(
    scanDataset({ folder: join(root, 'a'), test: join(root, 'b'), seed: 7 }),
  ).rejects.toMatchObject({
    code: 'labels-mismatch',
    message: 'Images to test on must have labels that are trained. Received: eels. Trained: cats, dogs',
  });
});

test('what is no usable image is left out and named', async () => {
  const jpeg = await testImage(60, 400, 300).jpeg().toBuffer();
  const root = temporaryFolder({
    ...(await classFolders({ cats: 4, dogs: 4 })),
    'cats/broken.jpg': jpeg.subarray(0, 10),
    'cats/notes.txt': 'these are cats',
    'cats/renamed.jpg': '<html>not found</html>',
    'cats/zero.jpg': '',
    'cats/old.bmp': Buffer.from(`BM${'\0'.repeat(60)}`, 'latin1'),
    'cats/phone.heic': Buffer.from(`\0\0\0\x18ftypheic\0\0\0\0mif1heic${'\0'.repeat(60)}`, 'latin1'),
    'cats/drawing.svg': '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    'cats/folder.jpg/inside.png': await testPng(61),
    'cats/deeper/and/deeper/cat.png': await testPng(62),
    'cats/png-called.jpg': await testPng(63),
    'cats/dot.png': await testPng(64, 1, 1),
    'cats/.hidden.png': await testPng(65),
    'cats/Thumbs.db': 'x',
    'dogs/.DS_Store': 'x',
    '__MACOSX/cats/1.png': await testPng(66),
    '.git/config': 'x',
  });
  const server = createServer().listen(join(root, 'dogs/pipe.png'));
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const manifest = await scanDataset({ folder: root, seed: 1 });
  expect(kindsOf(manifest)).toEqual({
    'cats/broken.jpg': 'unreadable',
    'cats/drawing.svg': 'unsupported',
    'cats/folder.jpg': 'not-an-image',
    'cats/notes.txt': 'not-an-image',
    'cats/old.bmp': 'unsupported',
    'cats/phone.heic': 'unsupported',
    'cats/renamed.jpg': 'not-an-image',
    'cats/zero.jpg': 'empty',
    'dogs/pipe.png': 'not-an-image',
  });
  expect(labelsOf(manifest)).toMatchObject({
    'cats/deeper/and/deeper/cat.png': 'cats',
    'cats/png-called.jpg': 'cats',
    'cats/dot.png': 'cats',
  });
  expect(manifest.images).toHaveLength(11);
});

test('an image above the pixel limit is left out by its header alone', async () => {
  const root = temporaryFolder({
    ...(await classFolders({ cats: 3, dogs: 3 }, 2)),
    'cats/big.png': await hugePng(20_000),
  });
  expect((await scanDataset({ folder: root, seed: 1 })).problems).toEqual([
    { kind: 'too-large', path: 'cats/big.png', detail: '20000 x 20000 pixels; the limit is 268 megapixels' },
  ]);
});

test('links are followed, loops are not', async () => {
  const root = temporaryFolder(await classFolders({ 'data/cats': 3, 'data/dogs': 3, 'elsewhere/more': 2 }));
  const cats = join(root, 'data/cats');
  symlinkSync(join(root, 'elsewhere/more'), join(cats, 'more'));
  symlinkSync(join(root, 'elsewhere/more'), join(cats, 'more-again'));
  symlinkSync(join(root, 'elsewhere/more/0.png'), join(cats, 'linked.png'));
  symlinkSync(join(root, 'data'), join(cats, 'up'));
  symlinkSync(cats, join(cats, 'self'));
  symlinkSync(join(cats, 'round.png'), join(cats, 'round.png'));
  symlinkSync(join(root, 'gone.png'), join(cats, 'broken.png'));
  const manifest = await scanDataset({ folder: join(root, 'data'), seed: 1 });
  expect(Object.keys(labelsOf(manifest)).sort()).toEqual([
    'cats/0.png',
    'cats/1.png',
    'cats/2.png',
    'cats/linked.png',
    'cats/more/1.png',
    'dogs/0.png',
    'dogs/1.png',
    'dogs/2.png',
  ]);
  expect(kindsOf(manifest)).toEqual({
    'cats/broken.png': 'missing',
    'cats/more/0.png': 'duplicate',
    'cats/round.png': 'symlink-loop',
    'cats/self': 'symlink-loop',
    'cats/up': 'symlink-loop',
  });
});

test('files and folders without permission are named', async () => {
  const root = temporaryFolder(await classFolders({ cats: 4, dogs: 4, 'dogs/private': 2 }));
  chmodSync(root, 0o755);
  chmodSync(join(root, 'cats/1.png'), 0);
  chmodSync(join(root, 'dogs/private'), 0);
  const manifest = await asNobody(() => scanDataset({ folder: root, seed: 1 }));
  expect(kindsOf(manifest)).toEqual({ 'cats/1.png': 'no-permission', 'dogs/private': 'no-permission' });
  chmodSync(root, 0);
  await expect(asNobody(() => scanDataset({ folder: root, seed: 1 }))).rejects.toMatchObject({
    code: 'data-invalid',
    message: `A data folder must be readable. Received: ${root} (you may not read it)`,
  });
  chmodSync(root, 0o755);
  chmodSync(join(root, 'dogs/private'), 0o755);
});

test('names of any language; folders that differ in normalisation only are one class', async () => {
  const root = temporaryFolder({
    ...(await classFolders({ 'caf\u00e9': 2, 'cafe\u0301': 2, 猫: 3, '🦊 foxes': 3, 'ﬁsh, "fried"': 3 })),
  });
  const manifest = await scanDataset({ folder: root, seed: 1 });
  expect(manifest.labels).toEqual(['caf\u00e9', '猫', 'ﬁsh, "fried"', '🦊 foxes']);
  expect(Object.values(labelsOf(manifest)).filter((label) => label === 'caf\u00e9')).toHaveLength(4);
});

test('the same bytes are kept once, in the split that is held out; under two labels not at all', async () => {
  const [twice, across, torn] = [await testPng(80), await testPng(81), await testPng(82)];
  const root = temporaryFolder({
    ...(await classFolders({ 'train/cats': 5, 'train/dogs': 5, 'test/cats': 2, 'test/dogs': 2 })),
    'train/cats/a.png': twice,
    'train/cats/b.png': twice,
    'train/dogs/c.png': across,
    'test/dogs/z.png': across,
    'train/cats/torn.png': torn,
    'test/dogs/torn.png': torn,
  });
  const manifest = await scanDataset({ folder: root, seed: 1 });
  expect(kindsOf(manifest)).toEqual({
    'train/cats/b.png': 'duplicate',
    'train/dogs/c.png': 'duplicate',
    'train/cats/torn.png': 'conflicting-duplicate',
    'test/dogs/torn.png': 'conflicting-duplicate',
  });
  expect(manifest.problems.find(({ kind }) => kind === 'duplicate')?.detail).toBe(
    'the same image as train/cats/a.png',
  );
  expect(labelsOf(manifest)).toMatchObject({ 'test/dogs/z.png': 'dogs' });
});

test('moving, renaming and rewriting files changes neither splits nor identity; content does', async () => {
  const root = temporaryFolder(await classFolders({ 'here/cats': 12, 'here/dogs': 9 }));
  const before = await scanDataset({ folder: join(root, 'here'), seed: 7 });
  const moved = join(root, 'there');
  mkdirSync(moved);
  for (const label of ['dogs', 'cats']) {
    mkdirSync(join(moved, label));
    const names = readdirSync(join(root, 'here', label)).reverse();
    names.forEach((name, index) => {
      cpSync(join(root, 'here', label, name), join(moved, label, `${(index * 7) % 31} renamed.png`));
    });
  }
  const after = await scanDataset({ folder: moved, seed: 7 });
  const facts = ({ images }: Manifest): unknown => images.map(({ path: _, ...rest }) => rest);
  expect(facts(after)).toEqual(facts(before));
  expect(datasetIdentity(after)).toBe(datasetIdentity(before));
  expect(facts(await scanDataset({ folder: moved, seed: 8 }))).not.toEqual(facts(before));
  renameSync(join(moved, 'cats/0 renamed.png'), join(moved, 'dogs/relabelled.png'));
  expect(datasetIdentity(await scanDataset({ folder: moved, seed: 7 }))).not.toBe(datasetIdentity(before));
});

test('a scan that is aborted stops with "cancelled"', async () => {
  const root = temporaryFolder(await classFolders({ cats: 30, dogs: 30 }));
  const controller = new AbortController();
  let seen = 0;
  const scan = scanDataset(
    { folder: root, seed: 1 },
    {
      signal: controller.signal,
      onProgress: ({ done, total }) => {
        seen = done;
        expect(total).toBe(60);
        if (done === 5) controller.abort();
      },
    },
  );
  await expect(scan).rejects.toMatchObject({ code: 'cancelled' });
  expect(seen).toBeLessThan(20);
});

test('a request must make sense', async () => {
  await expect(scanDataset({ seed: 1 })).rejects.toMatchObject({ code: 'usage-invalid' });
  await expect(scanDataset({ folder: '.', csv: 'x.csv', seed: 1 })).rejects.toMatchObject({
    code: 'usage-invalid',
  });
  await expect(scanDataset({ folder: '.', seed: 1, testShare: 1 })).rejects.toMatchObject({
    code: 'usage-invalid',
  });
  const root = temporaryFolder(await classFolders({ 'train/cats': 3, 'test/cats': 1, 'other/cats': 1 }));
  writeFileSync(join(root, 'train/x'), '');
  await expect(scanDataset({ folder: root, test: join(root, 'other'), seed: 1 })).rejects.toMatchObject({
    code: 'usage-invalid',
    hint: expect.stringMatching(/training folder alone/),
  });
});

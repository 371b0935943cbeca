import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileInference, type Network, normalisePixels } from '@regraft/core';
import { openStore, type Store } from '@regraft/store';
import * as tf from '@tensorflow/tfjs';
import { expect, onTestFinished, test } from 'vitest';
import { decodeImage } from '../data/decode-image.js';
import { viewOf } from '../data/views.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { testImage } from '../testing/test-images.js';
import { testPreprocessing, testTrunk } from '../testing/test-trunk.js';
import {
  type ExtractionProgress,
  type ExtractionRequest,
  extractActivations,
} from './extract-activations.js';
import type { FeatureImage } from './plan-views.js';

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const makeImages = async (count: number): Promise<FeatureImage[]> => {
  const folder = temporaryFolder();
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const file = join(folder, `${index}.jpg`);
      const bytes = await testImage(index + 1, 90 + (index % 7), 70)
        .jpeg()
        .toBuffer();
      writeFileSync(file, bytes);
      return { file, sha256: sha256Of(bytes) };
    }),
  );
};

const temporaryStore = async (): Promise<Store> => {
  const store = await openStore(join(temporaryFolder(), 'store'));
  onTestFinished(() => store.close());
  return store;
};

const features = 24;
const augmentation = { augment: { flip: true, crop: 0.3, colour: 0.5 }, seed: 7 };

const extract = (request: Pick<ExtractionRequest, 'images'> & Partial<ExtractionRequest>) =>
  extractActivations({ chain: [testTrunk], preprocessing: testPreprocessing, ...request });

/** The rows of one view, one array an image. */
const rowsOf = async ({ views }: Awaited<ReturnType<typeof extract>>, view = 0): Promise<Float32Array[]> => {
  const { source } = views[view]!;
  const values = new Float32Array(source.size * features);
  await source.read([...Array(source.size).keys()], values);
  return Array.from({ length: source.size }, (_, row) => values.slice(row * features, (row + 1) * features));
};

/** What a row must be, by the cpu backend. */
const reference = async ({ file, sha256 }: FeatureImage, view = 0): Promise<Float32Array> => {
  await tf.setBackend('cpu');
  const pixels = await decodeImage(
    file,
    testPreprocessing,
    viewOf({ seed: augmentation.seed, sha256, view }, augmentation.augment),
  );
  const input = normalisePixels(pixels, testPreprocessing, new Float32Array(pixels.length));
  const executor = compileInference(testTrunk);
  const output = tf.tidy(() => executor.run(tf.tensor(input, [1, 32, 32, 3])));
  return (await output.data<'float32'>()).slice();
};

const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - b[index]!)), 0);

test('a row is what the trunk makes of the decoded image', async () => {
  const images = await makeImages(5);
  const extracted = await extract({ images });
  expect(extracted).toMatchObject({ hits: 0, misses: 5, unreadable: [] });
  expect(extracted.views[0]).toMatchObject({
    images: [0, 1, 2, 3, 4],
    source: { shape: [features], size: 5 },
  });
  const rows = await rowsOf(extracted);
  for (const [index, image] of images.entries()) {
    const expected = await reference(image);
    expect(Math.max(...expected)).toBeGreaterThan(0.1);
    expect(largestDifference(rows[index]!, expected)).toBeLessThan(1e-5);
  }
});

test('rows are the same bits for any number of threads and any order', async () => {
  const images = await makeImages(40);
  const alone = await rowsOf(await extract({ images, threads: 1 }));
  expect(new Set(alone.map((row) => sha256Of(new Uint8Array(row.buffer)))).size).toBe(40);
  for (const threads of [2, 4]) expect(await rowsOf(await extract({ images, threads }))).toEqual(alone);
  const backwards = await extract({ images: [...images].reverse(), threads: 3 });
  expect((await rowsOf(backwards)).reverse()).toEqual(alone);
  expect((await rowsOf(await extract({ images: [images[17]!] })))[0]).toEqual(alone[17]);
});

test('a second pass touches no file, and gives the same rows', async () => {
  const images = await makeImages(12);
  const { activations } = await temporaryStore();
  const first = await extract({ images, activations });
  const rows = await rowsOf(first);
  for (const { file } of images) rmSync(file);
  const progress: ExtractionProgress[] = [];
  const second = await extract({ images, activations, onProgress: (event) => progress.push(event) });
  expect(second).toMatchObject({ hits: 12, misses: 0, unreadable: [] });
  expect(progress).toEqual([{ done: 12, total: 12, hits: 12, misses: 0, rate: 0 }]);
  expect(await rowsOf(second)).toEqual(rows);
  await Promise.all([first.close(), second.close()]);
});

test('images that can not be decoded are named, and the others come through', async () => {
  const images = await makeImages(6);
  const whole = await extract({ images });
  writeFileSync(images[1]!.file, readFileSync(images[1]!.file).subarray(0, 400));
  writeFileSync(images[4]!.file, readFileSync(images[5]!.file));
  rmSync(images[3]!.file);
  const cut = readFileSync(images[1]!.file);
  const changed = images.map((image, index) => (index === 1 ? { ...image, sha256: sha256Of(cut) } : image));
  const extracted = await extract({ images: changed });
  expect(extracted.unreadable).toEqual([
    { index: 1, reason: 'it is damaged or cut short' },
    { index: 3, reason: 'there is no such file, or its link leads nowhere' },
    { index: 4, reason: 'it has changed since it was scanned' },
  ]);
  expect(extracted.views[0]!.images).toEqual([0, 2, 5]);
  const rows = await rowsOf(whole);
  expect(await rowsOf(extracted)).toEqual([rows[0], rows[2], rows[5]]);
});

test('a pass without a single good image ends well', async () => {
  const [image] = await makeImages(1);
  const extracted = await extract({ images: [{ ...image!, file: `${image!.file}.gone` }] });
  expect(extracted.unreadable).toHaveLength(1);
  expect(extracted.views[0]!.source.size).toBe(0);
  expect(await extract({ images: [] })).toMatchObject({ hits: 0, misses: 0 });
});

test('a pass that is stopped keeps its rows, and the next one computes only what is missing', async () => {
  const images = await makeImages(60);
  const { activations } = await temporaryStore();
  const controller = new AbortController();
  const stopped = extract({
    images,
    activations,
    threads: 2,
    signal: controller.signal,
    onProgress: ({ done }) => done === 20 && controller.abort(),
  });
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  const progress: ExtractionProgress[] = [];
  const resumed = await extract({ images, activations, onProgress: (event) => progress.push(event) });
  expect(resumed.hits).toBeGreaterThanOrEqual(20);
  expect(resumed.hits).toBeLessThan(40);
  expect(resumed.hits + resumed.misses).toBe(60);
  expect(progress.at(-1)).toMatchObject({ done: 60, total: 60 });
  expect(await rowsOf(resumed)).toEqual(await rowsOf(await extract({ images })));
  await resumed.close();
});

test('a signal that is aborted already starts nothing', async () => {
  const images = await makeImages(2);
  await expect(extract({ images, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
});

test('a failure to keep rows ends the pass with that failure', async () => {
  const images = await makeImages(300);
  const full = new Error('no space left');
  const failing = {
    missing: async (keys: readonly string[]) => [...keys],
    append: () => Promise.reject(full),
    reader: () => Promise.reject(new Error('must not be asked')),
  };
  await expect(
    extract({ images, activations: { open: async ({ rowLength }) => ({ rowLength, ...failing }) } }),
  ).rejects.toBe(full);
});

test('views of an image are cached apart; images may have different numbers of them', async () => {
  const images = await makeImages(4);
  const { activations } = await temporaryStore();
  const wanted = images.map((image, index) => ({ ...image, views: index < 2 ? 3 : 1 }));
  const extracted = await extract({ images: wanted, augmentation, activations });
  expect(extracted.views.map((view) => view.images)).toEqual([
    [0, 1, 2, 3],
    [0, 1],
    [0, 1],
  ]);
  expect(extracted).toMatchObject({ hits: 0, misses: 8 });
  for (const view of [0, 1, 2]) {
    const rows = await rowsOf(extracted, view);
    expect(largestDifference(rows[1]!, await reference(images[1]!, view))).toBeLessThan(1e-5);
  }
  expect((await rowsOf(extracted, 1))[0]).not.toEqual((await rowsOf(extracted, 2))[0]);
  const plain = await extract({ images, activations });
  expect(plain).toMatchObject({ hits: 4, misses: 0 });
  const other = await extract({ images: wanted, augmentation: { ...augmentation, seed: 8 }, activations });
  expect(other).toMatchObject({ hits: 4, misses: 4 });
  await Promise.all([extracted.close(), plain.close(), other.close()]);
});

test('the same image twice is computed once', async () => {
  const [image] = await makeImages(1);
  const extracted = await extract({ images: [image!, image!] });
  expect(extracted).toMatchObject({ hits: 1, misses: 1 });
  const [first, second] = await rowsOf(extracted);
  expect(first).toEqual(second);
});

test('where onnxruntime is not used, tfjs gives the same rows within 1e-5', async () => {
  const images = await makeImages(3);
  const onnx = await rowsOf(await extract({ images }));
  const tfjs = await rowsOf(await extract({ images, engine: 'tfjs' }));
  for (const [index, row] of onnx.entries()) expect(largestDifference(row, tfjs[index]!)).toBeLessThan(1e-5);
});

test('a trunk of nothing gives the normalised pixels', async () => {
  const [image] = await makeImages(1);
  const trunk: Network = {
    name: 'nothing',
    nodes: [testTrunk.nodes[0]!],
    output: 'image',
    weights: new Map(),
  };
  const { views } = await extract({ images: [image!], chain: [trunk] });
  const values = new Float32Array(32 * 32 * 3);
  await views[0]!.source.read([0], values);
  expect(views[0]!.source.shape).toEqual([32, 32, 3]);
  const pixels = await decodeImage(image!.file, testPreprocessing);
  expect(values).toEqual(normalisePixels(pixels, testPreprocessing, new Float32Array(pixels.length)));
});

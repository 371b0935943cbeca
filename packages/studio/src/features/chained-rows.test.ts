import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileInference, cutNetwork, sizeOf } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import { openStore, type Store } from '@regraft/store';
import * as tf from '@tensorflow/tfjs';
import { expect, onTestFinished, test } from 'vitest';
import { deepModel } from '../testing/deep-model.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { testImage } from '../testing/test-images.js';
import type { TrunkEngine } from './create-program.js';
import { type ExtractedActivations, extractActivations } from './extract-activations.js';
import { extractAtCut } from './extract-at-cut.js';
import { createMemoryActivations } from './memory-activations.js';
import type { FeatureImage } from './plan-views.js';
import { modelChain } from './trunk-chain.js';

const makeImages = (count: number): Promise<FeatureImage[]> => {
  const folder = temporaryFolder();
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const file = join(folder, `${index}.png`);
      const bytes = await testImage(index + 1, 90, 70)
        .png()
        .toBuffer();
      writeFileSync(file, bytes);
      return { file, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
};

const temporaryStore = async (): Promise<Store> => {
  const store = await openStore(join(temporaryFolder(), 'store'));
  onTestFinished(() => store.close());
  return store;
};

const rowsOf = async (extracted: ExtractedActivations): Promise<Float32Array> => {
  const { source } = extracted.views[0]!;
  const values = new Float32Array(source.size * sizeOf(source.shape));
  await source.read([...Array(source.size).keys()], values);
  await extracted.close();
  return values;
};

/** Rows at a cut, straight from the images. */
const straight = async (blocks: number, images: readonly FeatureImage[], engine?: TrunkEngine) => {
  const model = deepModel(blocks);
  const { preprocessing } = model;
  const chain = modelChain(model);
  return rowsOf(await extractActivations({ images, chain, preprocessing, engine }));
};

const deleteFiles = (images: readonly FeatureImage[]): void => {
  for (const { file } of images) rmSync(file);
};

test.each<TrunkEngine>(['onnxruntime', 'tfjs'])(
  'on %s a row has the same bits whichever way it was made',
  async (engine) => {
    const images = await makeImages(3);
    const cuts = [8, 4, 3, 2, 0];
    const expected = new Map<number, Float32Array>();
    for (const blocks of cuts) expected.set(blocks, await straight(blocks, images, engine));
    const upwards = await temporaryStore();
    for (const blocks of cuts) {
      const extracted = await extractAtCut(upwards, deepModel(blocks), { images, engine });
      expect(await rowsOf(extracted)).toEqual(expected.get(blocks));
      if (blocks === 8) deleteFiles(images);
    }
  },
);

test('one pass leaves rows at every station, and none of the image itself', async () => {
  const images = await makeImages(5);
  const expected = new Map<number, Float32Array>();
  for (const blocks of [8, 4, 2, 0]) expected.set(blocks, await straight(blocks, images));
  const store = await temporaryStore();
  const pass = await extractAtCut(store, deepModel(0), { images, keepStations: true });
  expect(pass).toMatchObject({ hits: 0, misses: 5 });
  expect(await rowsOf(pass)).toEqual(expected.get(0));
  expect(await store.activations.size()).toBe(4 * 5 * (3 * 16 * 16 * 16 + 16));
  deleteFiles(images);
  for (const blocks of [8, 4, 2]) {
    const cached = await extractAtCut(store, deepModel(blocks), { images });
    expect(cached).toMatchObject({ hits: 5, misses: 0, unreadable: [] });
    expect(await rowsOf(cached)).toEqual(expected.get(blocks));
  }
  const deepest = await extractAtCut(store, deepModel(12), { images });
  expect(deepest.unreadable).toHaveLength(5);
});

test('a pass that is stopped keeps its rows at every station', async () => {
  const images = await makeImages(40);
  const store = await temporaryStore();
  const controller = new AbortController();
  const stopped = extractAtCut(store, deepModel(0), {
    images,
    keepStations: true,
    threads: 2,
    signal: controller.signal,
    onProgress: ({ done }) => done === 20 && controller.abort(),
  });
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  for (const blocks of [8, 4, 2, 0]) {
    const resumed = await extractAtCut(store, deepModel(blocks), { images });
    if (blocks === 8) {
      expect(resumed.hits).toBeGreaterThanOrEqual(20);
      expect(resumed.hits).toBeLessThan(40);
    }
    expect(await rowsOf(resumed)).toEqual(await straight(blocks, images));
  }
});

test('rows that are missing at the cut alone are made from the station, the others from their files', async () => {
  const images = await makeImages(6);
  const store = await temporaryStore();
  await (await extractAtCut(store, deepModel(4), { images: images.slice(0, 3) })).close();
  deleteFiles(images.slice(0, 4));
  const extracted = await extractAtCut(store, deepModel(1), { images });
  expect(extracted.unreadable).toMatchObject([{ index: 3 }]);
  expect(extracted.views[0]!.images).toEqual([0, 1, 2, 4, 5]);
});

test('a version whose last blocks have changed starts from what its backbone left', async () => {
  const images = await makeImages(4);
  const store = await temporaryStore();
  await (await extractAtCut(store, deepModel(2), { images })).close();
  deleteFiles(images);
  const model = deepModel(0);
  const name = 'block-11/project';
  const { shape, data } = model.network.weights.get(name)!;
  const weights = new Map(model.network.weights).set(name, { shape, data: data.map((value) => value / 2) });
  const tuned = { ...model, network: { ...model.network, weights } };
  const rows = await rowsOf(await extractAtCut(store, tuned, { images }));

  await tf.setBackend('cpu');
  const station = await extractAtCut(store, deepModel(2), { images });
  const input = tf.tensor(await rowsOf(station), [4, 16, 16, 16]);
  const { trunk } = cutNetwork(tuned.network, 'features');
  const { tail } = cutNetwork(trunk, 'block-9/add');
  const expected = await tf.tidy(() => compileInference(tail).run(input)).data<'float32'>();
  expect(Math.max(...expected)).toBeGreaterThan(0.1);
  for (const [index, value] of rows.entries()) expect(value).toBeCloseTo(expected[index]!, 4);
});

test('a station that the cache lets go of meanwhile costs a look at the file, not the pass', async () => {
  const images = await makeImages(4);
  const expected = await straight(0, images);
  const memory = createMemoryActivations();
  const model = deepModel(0);
  const chain = modelChain(model);
  const request = { images, preprocessing: model.preprocessing };
  await extractActivations({ ...request, chain: chain.slice(0, -1), activations: memory });
  const evicted = new RegraftError({ code: 'store-corrupt', message: 'The row is gone.' });
  const activations: typeof memory = {
    open: async (options) => {
      const space = await memory.open(options);
      return options.rowLength > 16 ? { ...space, reader: () => Promise.reject(evicted) } : space;
    },
  };
  expect(await rowsOf(await extractActivations({ ...request, chain, activations }))).toEqual(expected);
});

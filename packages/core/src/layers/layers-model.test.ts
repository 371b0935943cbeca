import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { readTfjsLayers } from '../formats/tfjs-layers/read-tfjs-layers.js';
import { layersTopology } from '../formats/tfjs-layers/topology/layers-topology.js';
import { hashNetwork } from '../network/hash-network.js';
import type { Network } from '../network/network.js';
import { randomiseWeights, runModel } from '../testing/layers-model.js';
import { networkBuilder } from '../testing/network-builder.js';
import { relativeDifference } from '../testing/relative-difference.js';
import { runNetwork } from '../testing/run-network.js';
import { seededValues } from '../testing/seeded-values.js';
import { useBackend } from '../testing/use-backend.js';
import { fromLayersModel } from './from-layers-model.js';
import { layersArtifacts } from './layers-artifacts.js';
import { toLayersModel } from './to-layers-model.js';

beforeAll(() => useBackend('cpu'));

const { layers } = tf;
const values = seededValues(2 * 8 * 8 * 3, 5, -3, 3);

const opaqueModel = (): tf.LayersModel =>
  randomiseWeights(
    tf.sequential({
      layers: [
        layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 8, 3], activation: 'selu' }),
        layers.prelu(),
        layers.layerNormalization(),
        layers.globalAveragePooling2d({}),
        layers.dense({ units: 3, activation: 'softmax' }),
      ],
    }),
    4,
  );

test('a network of opaque layers goes to a model and back with the same outputs', async () => {
  const original = opaqueModel();
  const expected = runModel(original, values);
  const network = fromLayersModel(original);
  original.dispose();
  expect(network.nodes.filter(({ op }) => op === 'opaque')).toHaveLength(3);
  const model = await toLayersModel(network);
  expect(relativeDifference(runModel(model, values), expected)).toBeLessThan(1e-5);
  expect(relativeDifference(runNetwork(fromLayersModel(model), values), expected)).toBeLessThan(1e-5);
  const { modelJson, weights } = layersArtifacts(network);
  const back = readTfjsLayers(JSON.parse(modelJson), weights).network;
  expect(await hashNetwork(back)).toBe(await hashNetwork(network));
});

/** A network whose every name gets a prefix and a suffix. */
const renamed = (network: Network, rename: (name: string) => string): Network => ({
  ...network,
  nodes: network.nodes.map((node) => ({ ...node, name: rename(node.name), inputs: node.inputs.map(rename) })),
  output: rename(network.output),
});

test.each(['_', 'ä', 'a:0;b', '../', '日本 ', '/x'])(
  'names tfjs has no letters for (%s) are written and come back',
  async (odd) => {
    const builder = networkBuilder([8, 8, 3]);
    const plain = builder.finish(
      builder.activation(builder.batchNorm(builder.conv(builder.input, 3)), 'hard-swish'),
    );
    const network = renamed(plain, (name) => `${odd}${name}${odd}`);
    const model = await toLayersModel(network);
    expect(relativeDifference(runModel(model, values), runNetwork(network, values))).toBeLessThan(1e-5);
    const { modelJson, weights } = layersArtifacts(network);
    expect(readTfjsLayers(JSON.parse(modelJson), weights).network).toEqual(network);
  },
);

test('a model in use stays usable, and reading it leaves no tensors behind', () => {
  const model = opaqueModel();
  const before = runModel(model, values);
  const tensors = tf.memory().numTensors;
  const network = fromLayersModel(model);
  expect(tf.memory().numTensors).toBe(tensors);
  const [name] = [...network.weights.keys()];
  network.weights.get(name!)!.data.fill(0);
  expect(runModel(model, values)).toEqual(before);
});

test('a model made by toLayersModel trains in plain tfjs, a batch-norm without gamma included', async () => {
  const builder = networkBuilder([8, 8, 3]);
  const features = builder.activation(
    builder.batchNorm(builder.conv(builder.input, 3), { gamma: false }),
    'relu6',
  );
  const logits = builder.dense(builder.globalPool(features), 2);
  const model = await toLayersModel(builder.finish(builder.activation(logits, 'softmax')));
  model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy' });
  const history = await model.fit(tf.tensor(values, [2, 8, 8, 3]), tf.tensor([1, 0, 0, 1], [2, 2]), {
    epochs: 3,
    verbose: 0,
  });
  expect(history.history.loss).toHaveLength(3);
});

test('relu6 is written as a ReLU layer, a rescale by channel as a batch-norm that never trains', () => {
  const builder = networkBuilder([8, 8, 3]);
  const scaled = builder.node({ op: 'rescale', inputs: [builder.input], scale: [1, 2, 3], offset: [0] });
  const { config } = layersTopology(builder.finish(builder.activation(scaled, 'relu6'))).config;
  expect(config.layers.map(({ class_name }) => class_name)).toEqual([
    'InputLayer',
    'BatchNormalization',
    'ReLU',
  ]);
  expect(config.layers[1]!.config).toMatchObject({ trainable: false, epsilon: 0 });
  expect(config.layers[2]!.config).toMatchObject({ max_value: 6 });
});

import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { fromLayersModel } from '../../layers/from-layers-model.js';
import { randomiseWeights, runModel } from '../../testing/layers-model.js';
import { relativeDifference } from '../../testing/relative-difference.js';
import { runNetwork } from '../../testing/run-network.js';
import { seededValues } from '../../testing/seeded-values.js';
import { useBackend } from '../../testing/use-backend.js';

beforeAll(() => useBackend('cpu'));

const { layers } = tf;
type Value = tf.SymbolicTensor;
type Build = (input: Value) => Value;

const apply = (layer: tf.layers.Layer, value: Value | Value[]): Value => layer.apply(value) as Value;
const chain =
  (...list: tf.layers.Layer[]): Build =>
  (input) =>
    list.reduce((value, layer) => apply(layer, value), input);

const modelOf = (build: Build, shape: number[] = [8, 7, 4]): tf.LayersModel => {
  const input = tf.input({ shape });
  return randomiseWeights(tf.model({ inputs: input, outputs: build(input) }), 3);
};

const expectSameOutputs = (model: tf.LayersModel): void => {
  const shape = (model.inputs[0]!.shape as number[]).slice(1);
  const values = seededValues(2 * tf.util.sizeFromShape(shape), 9, -3, 3);
  const actual = runNetwork(fromLayersModel(model), values);
  expect(relativeDifference(actual, runModel(model, values))).toBeLessThan(1e-5);
};

describe('every known layer gives the outputs tfjs-layers gives', () => {
  const activations = [
    'elu',
    'gelu',
    'hardSigmoid',
    'linear',
    'relu',
    'relu6',
    'sigmoid',
    'softmax',
    'softplus',
    'swish',
    'tanh',
  ];
  test.each(activations)('Activation %s, alone and fused', (activation) => {
    const identifier = activation as 'relu';
    expectSameOutputs(
      modelOf(
        chain(
          layers.conv2d({ filters: 3, kernelSize: 3, activation: identifier }),
          layers.activation({ activation: identifier }),
        ),
      ),
    );
  });

  const image: Record<string, () => Build> = {
    'ReLU without and with a largest value': () =>
      chain(layers.reLU(), layers.reLU({ maxValue: 6 }), layers.reLU({ maxValue: 1 })),
    'LeakyReLU, ELU': () => chain(layers.leakyReLU({ alpha: 0.1 }), layers.elu()),
    Softmax: () => chain(layers.softmax({ axis: -1 })),
    'Conv2D strided, valid, no bias': () =>
      chain(
        layers.conv2d({ filters: 3, kernelSize: [3, 2], strides: [2, 1], padding: 'valid', useBias: false }),
      ),
    'Conv2D dilated': () =>
      chain(layers.conv2d({ filters: 3, kernelSize: 2, dilationRate: 2, padding: 'same' })),
    DepthwiseConv2D: () =>
      chain(
        layers.depthwiseConv2d({
          kernelSize: 3,
          depthMultiplier: 2,
          strides: 2,
          padding: 'same',
          activation: 'relu',
        }),
      ),
    SeparableConv2D: () =>
      chain(layers.separableConv2d({ filters: 5, kernelSize: 3, depthMultiplier: 2, activation: 'tanh' })),
    'BatchNormalization with all, without scale, without center': () =>
      chain(
        layers.batchNormalization(),
        layers.batchNormalization({ scale: false, epsilon: 0.1 }),
        layers.batchNormalization({ center: false, axis: 3 }),
      ),
    'MaxPooling2D, AveragePooling2D': () =>
      chain(
        layers.maxPooling2d({ poolSize: 2, strides: 1, padding: 'same' }),
        layers.averagePooling2d({ poolSize: [2, 3], padding: 'same' }),
      ),
    GlobalMaxPooling2D: () => chain(layers.globalMaxPooling2d({})),
    'GlobalAveragePooling2D, Dense, Dropout': () =>
      chain(
        layers.globalAveragePooling2d({}),
        layers.dense({ units: 5 }),
        layers.dropout({ rate: 0.5 }),
        layers.dense({ units: 3, activation: 'softmax', useBias: false }),
      ),
    ZeroPadding2D: () =>
      chain(
        layers.zeroPadding2d({
          padding: [
            [0, 1],
            [2, 0],
          ],
        }),
      ),
    'Flatten, Reshape with an open length': () =>
      chain(layers.flatten(), layers.reshape({ targetShape: [4, -1, 8] })),
    Rescaling: () => chain(layers.rescaling({ scale: 0.5, offset: 2 })),
    'Concatenate, Add, Multiply': () => (input) => {
      const left = apply(layers.conv2d({ filters: 4, kernelSize: 1 }), input);
      const right = apply(layers.multiply(), [input, left]);
      return apply(layers.concatenate(), [apply(layers.add(), [input, left, right]), left]);
    },
    'squeeze-and-excite with Dense layers': () => (input) => {
      const pooled = apply(
        layers.reshape({ targetShape: [1, 1, 4] }),
        apply(layers.globalAveragePooling2d({}), input),
      );
      const gate = chain(
        layers.dense({ units: 2, activation: 'relu' }),
        layers.dense({ units: 4, activation: 'sigmoid' }),
      )(pooled);
      return apply(layers.multiply(), [input, gate]);
    },
    'a layer called twice': () => (input) => {
      const shared = layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same' });
      return apply(layers.add(), [apply(shared, input), apply(shared, apply(shared, input))]);
    },
    'a model inside a model, called twice': () => (input) => {
      const inner = tf.sequential({
        layers: [
          layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', inputShape: [8, 7, 4] }),
          layers.reLU(),
        ],
      });
      return apply(layers.add(), [apply(inner, input), apply(inner, apply(inner, input))]);
    },
  };
  test.each(Object.entries(image))('%s', (_name, build) => expectSameOutputs(modelOf(build())));
});

describe('layers without an op are kept as they are', () => {
  const opaque: Record<string, () => tf.layers.Layer> = {
    PReLU: () => layers.prelu(),
    LayerNormalization: () => layers.layerNormalization(),
    UpSampling2D: () => layers.upSampling2d({}),
    Cropping2D: () =>
      layers.cropping2D({
        cropping: [
          [1, 0],
          [0, 2],
        ],
      }),
    Conv2DTranspose: () =>
      layers.conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, activation: 'hardSigmoid' }),
    Permute: () => layers.permute({ dims: [2, 1, 3] }),
    'Dense over an image': () => layers.dense({ units: 3, activation: 'relu' }),
  };
  test.each(Object.entries(opaque))('%s', (_name, create) => {
    const model = modelOf(chain(create(), layers.reLU()));
    expect(fromLayersModel(model).nodes.filter(({ op }) => op === 'opaque')).toHaveLength(1);
    expectSameOutputs(model);
  });
});

test('Sequential models nest as Teachable Machine nests them', () => {
  const base = modelOf(chain(layers.conv2d({ filters: 4, kernelSize: 3, name: 'conv' })));
  const trunk = tf.sequential({ layers: [base, layers.globalAveragePooling2d({})] });
  const head = tf.sequential({
    layers: [layers.dense({ units: 5, inputShape: [4] }), layers.dense({ units: 2, activation: 'softmax' })],
  });
  const model = tf.sequential({ layers: [trunk, head] });
  const network = fromLayersModel(model);
  expect(network.nodes.map(({ op }) => op)).toEqual([
    'input',
    'conv2d',
    'global-average-pool',
    'dense',
    'dense',
    'activation',
  ]);
  expect(network.weights.has('conv/kernel')).toBe(true);
  expectSameOutputs(model);
});

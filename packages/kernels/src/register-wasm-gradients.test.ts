import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { registerWasmGradients } from './index.js';
import { seededRandom } from './testing/seeded-random.js';
import { useBackend } from './testing/use-backend.js';

const random = seededRandom(11);

beforeAll(async () => {
  registerWasmGradients();
  await useBackend('wasm');
});

test('calling it again changes nothing', () => {
  const before = tf.getKernelsForBackend('wasm');
  registerWasmGradients();
  expect(tf.getKernelsForBackend('wasm')).toEqual(before);
});

test('a LayersModel with convolutions trains on wasm with model.fit', async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [12, 12, 3],
        filters: 8,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        activation: 'relu',
      }),
      tf.layers.depthwiseConv2d({ kernelSize: 3, padding: 'same' }),
      tf.layers.batchNormalization(),
      tf.layers.activation({ activation: 'relu6' }),
      tf.layers.conv2d({ filters: 6, kernelSize: 1 }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.averagePooling2d({ poolSize: 2, strides: 1 }),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units: 2, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.02), loss: 'categoricalCrossentropy' });
  const bright = Array.from({ length: 32 }, (_, index) => index % 2);
  const images = tf.tensor(
    Float32Array.from(
      bright.flatMap((label) => Array.from({ length: 12 * 12 * 3 }, () => random() + label * 0.5)),
    ),
    [32, 12, 12, 3],
  );
  const labels = tf.oneHot(bright, 2);
  const { history } = await model.fit(images, labels, { epochs: 12, batchSize: 16, verbose: 0 });
  const losses = history.loss as number[];
  expect(losses.at(-1)!).toBeLessThan(losses[0]! * 0.5);
});

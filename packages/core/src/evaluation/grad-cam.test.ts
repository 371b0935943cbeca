import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { cutNetwork } from '../network/cut-network.js';
import type { Network } from '../network/network.js';
import { colouredImages } from '../testing/coloured-images.js';
import { networkBuilder } from '../testing/network-builder.js';
import { regraftErrorOf } from '../testing/regraft-error-of.js';
import { relativeDifference } from '../testing/relative-difference.js';
import { runNetwork } from '../testing/run-network.js';
import { useBackend } from '../testing/use-backend.js';
import { gradCam } from './grad-cam.js';

const { examples } = colouredImages(3);
const labels = [2, 0, 1];
const places = 16;
const channels = 5;

/** Two convolutions to a feature map `[4, 4, 5]`, then whatever head is built on it. */
const classifier = (
  head: (builder: ReturnType<typeof networkBuilder>, features: string) => string,
): { network: Network; features: string } => {
  const builder = networkBuilder([8, 8, 3], 3);
  const stem = builder.activation(builder.batchNorm(builder.conv(builder.input, 4, { bias: false })));
  const features = builder.activation(builder.conv(stem, channels, { strides: [2, 2] }), 'relu');
  const logits = head(builder, features);
  return { network: builder.finish(builder.activation(logits, 'softmax')), features };
};

const linear = classifier((builder, features) => builder.dense(builder.globalPool(features), 3));

const imageAt = (index: number): Float32Array => {
  const image = new Float32Array(192);
  examples.read([index], image);
  return image;
};

/** Per place, what the weights make of a feature map's channels, if it is more than 0. */
const weightedSum = (features: Float32Array, weights: readonly number[]): number[] =>
  Array.from({ length: places }, (_, place) =>
    Math.max(
      0,
      weights.reduce((sum, weight, channel) => sum + weight * features[place * channels + channel]!, 0),
    ),
  );

/** The mean gradient of a logit by each channel, by central differences: all places of the channel move together. */
const finiteDifferences = (tail: Network, features: Float32Array, label: number): number[] => {
  const step = 0.01;
  const logits = tail.nodes.at(-1)!.inputs[0]!;
  const logitAt = (channel: number, moved: number): number => {
    const values = features.map((value, index) => (index % channels === channel ? value + moved : value));
    return runNetwork({ ...tail, output: logits }, values)[label]!;
  };
  return Array.from(
    { length: channels },
    (_, channel) => (logitAt(channel, step) - logitAt(channel, -step)) / (2 * step * places),
  );
};

describe('on the cpu backend', () => {
  beforeAll(() => useBackend('cpu'));

  test('is the class activation map of Zhou et al. where a linear head follows the global pool', async () => {
    const tensors = tf.memory().numTensors;
    const { height, width, maps } = await gradCam(linear.network, { examples, labels });
    expect([height, width]).toEqual([4, 4]);
    expect(tf.memory().numTensors).toBe(tensors);
    const { trunk, tail } = cutNetwork(linear.network, linear.features);
    const dense = tail.nodes.find((node) => node.op === 'dense')!;
    const kernel = tail.weights.get(dense.kernel)!.data;
    for (const [index, label] of labels.entries()) {
      const features = runNetwork(trunk, imageAt(index));
      const ofClass = Array.from({ length: channels }, (_, channel) => kernel[channel * 3 + label]! / places);
      expect(relativeDifference(maps[index]!, weightedSum(features, ofClass))).toBeLessThan(1e-6);
    }
    expect(maps.some((map) => map.some((value) => value > 0.01))).toBe(true);
  });

  test.each([
    [
      'a head with a hidden layer',
      classifier((builder, features) =>
        builder.dense(builder.activation(builder.dense(builder.globalPool(features), 6), 'sigmoid'), 3),
      ),
    ],
    [
      'convolutions behind the pool',
      classifier((builder, features) => {
        const hidden = builder.conv(builder.globalPool(features, true), 6, { kernel: [1, 1] });
        const flat = builder.node({ op: 'flatten', inputs: [builder.activation(hidden, 'sigmoid')] });
        return builder.dense(flat, 3);
      }),
    ],
  ])('agrees with finite differences through %s', async (_, { network, features }) => {
    const { maps } = await gradCam(network, { examples, labels });
    const { trunk, tail } = cutNetwork(network, features);
    for (const [index, label] of labels.entries()) {
      const values = runNetwork(trunk, imageAt(index));
      expect(
        relativeDifference(maps[index]!, weightedSum(values, finiteDifferences(tail, values, label))),
      ).toBeLessThan(1e-4);
    }
  });
});

test('gives on wasm what it gives on the cpu', async () => {
  await useBackend('cpu');
  const { maps: wanted } = await gradCam(linear.network, { examples, labels });
  await useBackend('wasm');
  const { maps } = await gradCam(linear.network, { examples, labels });
  for (const [index, map] of maps.entries())
    expect(relativeDifference(map, wanted[index]!)).toBeLessThan(1e-5);
});

test('says what it needs, and stops when told to', async () => {
  await useBackend('wasm');
  const builder = networkBuilder([8, 8, 3]);
  const flat = builder.finish(
    builder.activation(builder.dense(builder.globalPool(builder.input), 3), 'softmax'),
  );
  expect((await regraftErrorOf(() => gradCam(flat, { examples, labels }))).code).toBe('network-invalid');
  const foreign = await regraftErrorOf(() => gradCam(linear.network, { examples, labels: [0, 1, 3] }));
  expect(foreign.code).toBe('data-invalid');
  const tensors = tf.memory().numTensors;
  const controller = new AbortController();
  const stopped = await regraftErrorOf(() =>
    gradCam(
      linear.network,
      { examples, labels },
      { signal: controller.signal, onProgress: () => controller.abort() },
    ),
  );
  expect(stopped.code).toBe('cancelled');
  expect(tf.memory().numTensors).toBe(tensors);
});

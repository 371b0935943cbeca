import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { compileInference } from '../executors/compile-inference.js';
import { inferShapes } from '../network/infer-shapes.js';
import type { Network } from '../network/network.js';
import { validateNetwork } from '../network/validate-network.js';
import { networkBuilder } from '../testing/network-builder.js';
import { relativeDifference } from '../testing/relative-difference.js';
import { seededValues } from '../testing/seeded-values.js';
import { useBackend } from '../testing/use-backend.js';
import { splitClassifier } from './split-classifier.js';

beforeAll(() => useBackend('cpu'));

const run = (network: Network, values: Float32Array): Float32Array => {
  const executor = compileInference(network);
  return tf.tidy(() => {
    const batch = tf.tensor(values, [1, ...executor.inputShape]);
    return Float32Array.from(executor.run(batch).dataSync());
  });
};

const outputShape = (network: Network) => inferShapes(network).get(network.output);

/** A squeeze-and-excitation gate stands below the last pool. */
const trunk = () => {
  const builder = networkBuilder([8, 8, 3]);
  const map = builder.activation(builder.conv(builder.input, 6, { strides: [2, 2] }));
  const gate = builder.activation(
    builder.conv(builder.globalPool(map, true), 6, { kernel: [1, 1] }),
    'sigmoid',
  );
  return { builder, map: builder.merge('multiply', map, gate) };
};

const classifiers = {
  'a global pool and a dense layer': () => {
    const { builder, map } = trunk();
    return builder.finish(builder.activation(builder.dense(builder.globalPool(map), 4), 'softmax'));
  },
  'a pool that keeps its dimensions and a 1x1 convolution': () => {
    const { builder, map } = trunk();
    const logits = builder.conv(builder.globalPool(map, true), 4, { kernel: [1, 1] });
    const flat = builder.node({ op: 'reshape', inputs: [logits], shape: [4] });
    return builder.finish(builder.activation(flat, 'softmax'));
  },
  'an average pool over the whole map, flattened': () => {
    const { builder, map } = trunk();
    const pooled = builder.pool('average-pool', map, { kernel: [4, 4], strides: [1, 1], padding: 'valid' });
    const flat = builder.node({ op: 'flatten', inputs: [pooled] });
    return builder.finish(builder.activation(builder.dense(flat, 4), 'softmax'));
  },
  'a global max pool': () => {
    const { builder, map } = trunk();
    const pooled = builder.node({ op: 'global-max-pool', inputs: [map], keepDims: false });
    return builder.finish(builder.activation(builder.dense(pooled, 4), 'softmax'));
  },
};

test.each(Object.entries(classifiers))('%s: features, then classifier, are the network', (_, build) => {
  const network = build();
  const { features, classifier, warnings } = splitClassifier(network);
  validateNetwork(features);
  validateNetwork(classifier!);
  expect(warnings).toEqual([]);
  expect(outputShape(features)).toEqual([6]);
  const image = seededValues(8 * 8 * 3, 4);
  const whole = run(network, image);
  expect(relativeDifference(run(classifier!, run(features, image)), whole)).toBeLessThan(1e-5);
});

test('a network that ends in a feature map is pooled', () => {
  const { builder, map } = trunk();
  const { features, classifier } = splitClassifier(builder.finish(map));
  expect(classifier).toBeUndefined();
  expect(outputShape(features)).toEqual([6]);
  validateNetwork(features);
});

test('a network that ends in its pool has no classifier', () => {
  const { builder, map } = trunk();
  const flat = builder.node({ op: 'flatten', inputs: [builder.globalPool(map, true)] });
  const { features, classifier } = splitClassifier(builder.finish(flat));
  expect(classifier).toBeUndefined();
  expect(outputShape(features)).toEqual([6]);
});

test('a classifier over a flattened map is left out, with a warning', () => {
  const { builder, map } = trunk();
  const flat = builder.node({ op: 'flatten', inputs: [map] });
  const { features, classifier, warnings } = splitClassifier(builder.finish(builder.dense(flat, 4)));
  expect(classifier).toBeUndefined();
  expect(outputShape(features)).toEqual([6]);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('[4, 4, 6]');
});

test('a network without a feature map is refused', () => {
  const builder = networkBuilder([5]);
  const network = builder.finish(builder.dense(builder.input, 3));
  expect(() => splitClassifier(network)).toThrow(expect.objectContaining({ code: 'weights-unsupported' }));
});

import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Network } from '../network/network.js';
import { networkBuilder } from '../testing/network-builder.js';
import { relativeDifference } from '../testing/relative-difference.js';
import { seededValues } from '../testing/seeded-values.js';
import { useBackend } from '../testing/use-backend.js';
import { compileInference } from './compile-inference.js';
import { compileTrainable } from './compile-trainable.js';
import { networkToOnnx } from './network-to-onnx.js';

beforeAll(() => useBackend('cpu'));

const shape = [6, 5, 3];
const images = (): tf.Tensor => tf.tensor(seededValues(2 * 90, 1), [2, ...shape]);

/** A transposed convolution, which the network has no op for, between two ops it has. */
const withOpaque = (config: Record<string, unknown>, className = 'Conv2DTranspose'): Network => {
  const builder = networkBuilder(shape);
  const kernel = builder.weight('transposed', [3, 3, 2, 3], -1, 1);
  const bias = builder.weight('transposed-bias', [2], -1, 1);
  const opaque = builder.node({
    op: 'opaque',
    inputs: [builder.activation(builder.input, 'tanh')],
    className,
    config,
    weights: [kernel, bias],
    nonTrainable: [],
    outputShape: [12, 10, 2],
  });
  return builder.finish(builder.globalPool(opaque));
};

const config = { filters: 2, kernelSize: [3, 3], strides: [2, 2], padding: 'same', name: 'up' };

const expected = (network: Network): Float32Array =>
  tf.tidy(() => {
    const [kernel, bias] = [...network.weights.values()].map((weight) =>
      tf.tensor(weight.data, [...weight.shape]),
    );
    const raised = tf.conv2dTranspose(
      tf.tanh(images()) as tf.Tensor4D,
      kernel as tf.Tensor4D,
      [2, 12, 10, 2],
      [2, 2],
      'same',
    );
    return raised.add(bias!).mean([1, 2]).dataSync() as Float32Array;
  });

describe.each([
  ['tfjs-layers keys', config],
  [
    'Keras keys',
    { filters: 2, kernel_size: [3, 3], strides: [2, 2], padding: 'same', data_format: 'channels_last' },
  ],
])('an opaque layer with %s', (_name, layerConfig) => {
  test('runs in inference and twice in one process', () => {
    const network = withOpaque(layerConfig);
    const executors = [compileInference(network), compileInference(network)];
    for (const executor of executors) {
      expect(relativeDifference(executor.run(images()).dataSync(), expected(network))).toBeLessThanOrEqual(
        1e-5,
      );
    }
  });

  test('trains', async () => {
    const network = withOpaque(layerConfig);
    const trainable = new Set(network.weights.keys());
    const executor = compileTrainable(network, { trainable });
    expect(relativeDifference(executor.run(images()).dataSync(), expected(network))).toBeLessThanOrEqual(
      1e-5,
    );
    const loss = () => executor.run(images(), { training: true }).square().mean().asScalar();
    const before = loss().dataSync()[0]!;
    for (let step = 0; step < 5; step++) {
      tf.train.sgd(0.1).minimize(loss, false, [...executor.variables.values()]);
    }
    expect(loss().dataSync()[0]!).toBeLessThan(before);
    const after = { ...network, weights: await executor.readWeights() };
    expect(relativeDifference(executor.run(images()).dataSync(), expected(after))).toBeLessThanOrEqual(1e-5);
    executor.dispose();
  });
});

test('a layer with moving statistics keeps them while frozen and moves them while it trains', async () => {
  const builder = networkBuilder(shape);
  const names = ['gamma', 'beta', 'mean', 'variance'].map((role) => builder.weight(role, [3], 0.5, 1));
  const opaque = builder.node({
    op: 'opaque',
    inputs: [builder.input],
    className: 'BatchNormalization',
    config: { axis: 3 },
    weights: names,
    nonTrainable: names.slice(2),
    outputShape: shape,
  });
  const network = builder.finish(opaque);
  const meanAfter = async (trainable: string[]) => {
    const executor = compileTrainable(network, { trainable: new Set(trainable) });
    executor.run(images(), { training: true });
    return (await executor.readWeights()).get(names[2]!)!.data;
  };
  const { data } = network.weights.get(names[2]!)!;
  expect(await meanAfter([])).toEqual(data);
  expect(await meanAfter(names.slice(0, 2))).not.toEqual(data);
});

test('onnx refuses it by name', () => {
  expect(() => networkToOnnx(withOpaque(config))).toThrow(/layer "opaque-2" of class Conv2DTranspose/);
});

test('an unknown class, a wrong config and wrong weights are refused by name', () => {
  expect(() => compileInference(withOpaque(config, 'Teleport'))).toThrow(/"opaque-2".*class Teleport/);
  expect(() => compileInference(withOpaque({ kernelSize: 3 }))).toThrow(/"opaque-2".*"kernelSize":3/);
  expect(() => compileInference(withOpaque({ ...config, useBias: false }))).toThrow(
    /2 weights for a layer that has 1/,
  );
});

import { registerWasmGradients } from '@regraft/kernels';
import * as tf from '@tensorflow/tfjs';
import { beforeEach, describe, expect, test } from 'vitest';
import type { BatchNormNode, Network } from '../network/network.js';
import { networkBuilder } from '../testing/network-builder.js';
import { referenceRun } from '../testing/reference-run.js';
import { relativeDifference } from '../testing/relative-difference.js';
import { seededValues } from '../testing/seeded-values.js';
import { useBackend } from '../testing/use-backend.js';
import { compileTrainable } from './compile-trainable.js';

const shape = [6, 5, 3];
const batch = (count = 4): tf.Tensor => tf.tensor(seededValues(count * 90, 1), [count, ...shape]);

const convolutionAndBatchNorm = (): {
  network: Network;
  names: Record<'kernel' | 'gamma' | 'beta' | 'mean' | 'variance', string>;
} => {
  const builder = networkBuilder(shape);
  const network = builder.finish(builder.activation(builder.batchNorm(builder.conv(builder.input, 4))));
  const names = {
    kernel: '1/kernel',
    gamma: '2/gamma',
    beta: '2/beta',
    mean: '2/mean',
    variance: '2/variance',
  };
  return { network, names };
};

beforeEach(async () => {
  registerWasmGradients();
  await useBackend('wasm');
});

test('training moves the trainable weights and leaves every other byte as it was', async () => {
  const { network, names } = convolutionAndBatchNorm();
  const trainable = new Set([names.kernel, names.gamma]);
  const executor = compileTrainable(network, { trainable });
  const optimizer = tf.train.sgd(0.1);
  const images = batch();
  optimizer.minimize(() => executor.run(images, { training: true }).mean().asScalar());
  const after = await executor.readWeights();
  expect([...after.keys()]).toEqual([...network.weights.keys()]);
  for (const [name, weight] of after) {
    if (trainable.has(name)) expect(weight.data).not.toEqual(network.weights.get(name)!.data);
    else expect(weight).toBe(network.weights.get(name));
  }
  const trained = tf.tidy(() => referenceRun({ ...network, weights: after }, images).dataSync());
  expect(relativeDifference(executor.run(images).dataSync(), trained)).toBeLessThanOrEqual(1e-5);
});

test('what is read is a copy', async () => {
  const { network, names } = convolutionAndBatchNorm();
  await useBackend('cpu');
  const executor = compileTrainable(network, { trainable: new Set([names.kernel]) });
  const read = await executor.readWeights();
  read.get(names.kernel)!.data.fill(0);
  expect((await executor.readWeights()).get(names.kernel)!.data).toEqual(
    network.weights.get(names.kernel)!.data,
  );
});

test('a name that no gradient can train is refused', () => {
  const { network, names } = convolutionAndBatchNorm();
  expect(() => compileTrainable(network, { trainable: new Set(['nothing']) })).toThrow(
    /"nothing", which no node has/,
  );
  expect(() => compileTrainable(network, { trainable: new Set([names.mean]) })).toThrow(/moving statistic/);
});

test('a batch of the wrong shape is refused', () => {
  const { network } = convolutionAndBatchNorm();
  const executor = compileTrainable(network, { trainable: new Set() });
  expect(() => executor.run(tf.zeros([2, 6, 6, 3]))).toThrow(/\[n, 6, 5, 3\].*\[2, 6, 6, 3\]/);
});

describe("batchNorm: 'train'", () => {
  const normalised = (network: Network, images: tf.Tensor) => {
    const node = network.nodes.find((entry): entry is BatchNormNode => entry.op === 'batch-norm')!;
    const before = referenceRun({ ...network, output: node.inputs[0]! }, images);
    const { mean, variance } = tf.moments(before, [0, 1, 2]);
    const weight = (name: string) => tf.tensor1d(network.weights.get(name)!.data);
    const output = tf.batchNorm(
      before,
      mean,
      variance,
      weight(node.beta!),
      weight(node.gamma!),
      node.epsilon,
    );
    const count = before.size / 4;
    return {
      output: tf.relu6(output),
      mean: mean.dataSync(),
      variance: variance.mul(count / (count - 1)).dataSync(),
    };
  };

  test('uses the statistics of the batch and moves the moving ones by one hundredth', async () => {
    const { network, names } = convolutionAndBatchNorm();
    const trainable = new Set([names.kernel, names.gamma, names.beta]);
    const executor = compileTrainable(network, { trainable, batchNorm: 'train' });
    const images = batch();
    const expected = normalised(network, images);
    const actual = executor.run(images, { training: true });
    expect(relativeDifference(actual.dataSync(), expected.output.dataSync())).toBeLessThanOrEqual(1e-5);
    const after = await executor.readWeights();
    for (const [name, statistic] of [
      [names.mean, expected.mean],
      [names.variance, expected.variance],
    ] as const) {
      const moved = network.weights
        .get(name)!
        .data.map((value, index) => 0.99 * value + 0.01 * statistic[index]!);
      expect(relativeDifference(after.get(name)!.data, moved)).toBeLessThanOrEqual(1e-6);
    }
    const evaluated = referenceRun({ ...network, weights: after }, images).dataSync();
    expect(relativeDifference(executor.run(images).dataSync(), evaluated)).toBeLessThanOrEqual(1e-5);
    expect(await executor.readWeights()).toEqual(after);
  });

  test('gradients flow through the statistics', () => {
    const { network, names } = convolutionAndBatchNorm();
    const trainable = new Set([names.kernel, names.gamma, names.beta]);
    const executor = compileTrainable(network, { trainable, batchNorm: 'train' });
    const images = batch();
    const kernel = executor.variables.get(names.kernel)!;
    const loss = () => executor.run(images, { training: true }).square().mean().asScalar();
    const gradient = tf.variableGrads(loss, [kernel]).grads[kernel.name]!;
    const original = kernel.clone();
    const direction = tf.tensor(seededValues(kernel.size, 4), kernel.shape);
    const lossAt = (distance: number): number => {
      kernel.assign(original.add(direction.mul(distance)));
      return loss().dataSync()[0]!;
    };
    const slope = (lossAt(1e-2) - lossAt(-1e-2)) / 2e-2;
    expect(gradient.mul(direction).sum().dataSync()[0]! / slope).toBeCloseTo(1, 1);
  });

  test('a frozen batch-norm stays in inference mode', async () => {
    const { network, names } = convolutionAndBatchNorm();
    const executor = compileTrainable(network, { trainable: new Set([names.kernel]), batchNorm: 'train' });
    const images = batch();
    const expected = referenceRun(network, images).dataSync();
    expect(
      relativeDifference(executor.run(images, { training: true }).dataSync(), expected),
    ).toBeLessThanOrEqual(1e-5);
    expect((await executor.readWeights()).get(names.mean)).toBe(network.weights.get(names.mean));
  });

  test('one without gamma and beta trains with its convolution', async () => {
    const builder = networkBuilder(shape);
    const plain = builder.batchNorm(builder.conv(builder.input, 4), { gamma: false, beta: false });
    const network = builder.finish(plain);
    const executor = compileTrainable(network, { trainable: new Set(['1/kernel']), batchNorm: 'train' });
    executor.run(batch(), { training: true });
    expect((await executor.readWeights()).get('2/mean')!.data).not.toEqual(
      network.weights.get('2/mean')!.data,
    );
  });
});

describe('dropout', () => {
  const network = (): Network => {
    const builder = networkBuilder([200]);
    const first = builder.node({ op: 'dropout', inputs: [builder.input], rate: 0.25 });
    return builder.finish(builder.node({ op: 'dropout', inputs: [first], rate: 0.5 }));
  };
  const ones = () => tf.ones([10, 200]);

  test('depends on the seed alone, another seed or node drops others', () => {
    const executor = compileTrainable(network(), { trainable: new Set() });
    const run = (seed: number) => {
      const noise = executor.drawNoise(10, seed);
      return Array.from(executor.run(ones(), { training: true, noise }).dataSync());
    };
    expect(run(0)).toEqual(run(0));
    expect(run(0)).not.toEqual(run(1));
    const kept = run(3).filter((value) => value !== 0);
    expect(kept.length / 2000).toBeGreaterThan(0.3);
    expect(kept.length / 2000).toBeLessThan(0.45);
    for (const value of kept) expect(value).toBeCloseTo(1 / (0.75 * 0.5), 5);
  });

  test('does nothing out of training', () => {
    const executor = compileTrainable(network(), { trainable: new Set() });
    expect(Array.from(executor.run(ones()).dataSync())).toEqual(Array(2000).fill(1));
  });
});

test('training leaks no tensors', () => {
  const { network, names } = convolutionAndBatchNorm();
  const trainable = new Set([names.kernel, names.gamma, names.beta]);
  for (const batchNorm of ['inference', 'train'] as const) {
    const executor = compileTrainable(network, { trainable, batchNorm });
    const optimizer = tf.train.sgd(0.1);
    const images = batch();
    const step = () =>
      optimizer.minimize(() => executor.run(images, { training: true }).mean().asScalar(), false, [
        ...executor.variables.values(),
      ]);
    step();
    const { numTensors, numDataBuffers } = tf.memory();
    for (let count = 0; count < 3; count++) step();
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  }
});

import * as tf from '@tensorflow/tfjs';
import { beforeEach, describe, expect, test } from 'vitest';
import { startEngine } from '../start-engine.js';

const wave = (size: number, step: number): Float32Array =>
  Float32Array.from({ length: size }, (_, index) => 4 * Math.sin(index * step));

const run = (
  name: string,
  inputs: Record<string, tf.Tensor>,
  attributes: tf.NamedAttrMap = {},
): Float32Array[] =>
  tf.tidy(() =>
    [tf.engine().runKernel(name, inputs, attributes)]
      .flat()
      .map((output) => (output as tf.Tensor).dataSync<'float32'>()),
  );

const expectClose = (actual: Float32Array, expected: ArrayLike<number>): void => {
  const values = Array.from(expected);
  const largest = Math.max(1e-6, ...values.map(Math.abs));
  expect(actual).toHaveLength(values.length);
  const difference = Math.max(0, ...values.map((value, index) => Math.abs(value - actual[index]!)));
  expect(difference).toBeLessThanOrEqual(1e-5 * largest);
};

beforeEach(async () => {
  expect(await startEngine({ engine: 'native' })).toMatchObject({ backend: 'native' });
});

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const clip = (x: number): number => Math.min(Math.max(x, 0), 6);

describe('gradients of activations', () => {
  const kernels = [
    ['ReluGrad', 'y', (x: number) => Math.max(x, 0), (x: number) => (x > 0 ? 1 : 0)],
    ['Relu6Grad', 'y', (x: number) => clip(2 * x), (x: number) => (x > 0 && 2 * x < 6 ? 1 : 0)],
    ['SwishGrad', 'x', (x: number) => x, (x: number) => sigmoid(x) * (1 + x * (1 - sigmoid(x)))],
    ['HardSwishGrad', 'x', (x: number) => x, (x: number) => (clip(x + 3) + (Math.abs(x) < 3 ? x : 0)) / 6],
  ] as const;

  test.each(kernels)('%s', (kernel, from, value, slope) => {
    for (const shape of [[2, 3, 3, 5], [1], [7, 1], [0, 4]]) {
      const size = tf.util.sizeFromShape(shape);
      const [x, dy] = [wave(size, 0.7), wave(size, 0.31)];
      const inputs = { dy: tf.tensor(dy, shape), [from]: tf.tensor(x.map(value), shape) };
      expectClose(
        run(kernel, inputs)[0]!,
        dy.map((change, index) => change * slope(x[index]!)),
      );
    }
  });
});

test.each([
  ['relu', tf.relu, 'ReluGrad'],
  ['relu6', tf.relu6, 'Relu6Grad'],
] as const)("tfjs's %s takes its kernel to differentiate", async (_name, activation, kernel) => {
  const x = tf.tensor1d([-1, 0.5, 5, 7]);
  let slopes: number[] = [];
  const { kernelNames } = await tf.profile(() => {
    slopes = [
      ...tf
        .grad((value) => activation(value))(x)
        .dataSync(),
    ];
    return [];
  });
  expect(slopes).toEqual([0, 1, 1, kernel === 'ReluGrad' ? 1 : 0]);
  expect(kernelNames).toContain(kernel);
});

describe('batch-norm by the batch', () => {
  const epsilon = 1e-3;
  const momentum = 0.9;

  test.each([[[4, 5, 3, 7]], [[2, 1, 1, 1]], [[9, 6]]])('of %j', async (shape) => {
    const channels = shape.at(-1)!;
    const rows = tf.util.sizeFromShape(shape) / channels;
    const make = () => ({
      x: tf.tensor(wave(rows * channels, 0.37), shape),
      gamma: tf.tensor1d(wave(channels, 1.1)),
      beta: tf.tensor1d(wave(channels, 0.9)),
      movingMean: tf.tensor1d(wave(channels, 0.5)),
      movingVariance: tf.tensor1d(wave(channels, 0.8).map((value) => value ** 2 + 1)),
    });
    const dy = wave(rows * channels, 0.53);
    const { x, gamma, beta, movingMean, movingVariance } = make();
    const [y, mean, variance, movedMean, movedVariance] = run(
      'FusedBatchNormTrain',
      { x, gamma, beta, movingMean, movingVariance },
      { epsilon, momentum },
    );
    const gradients = run(
      'FusedBatchNormTrainGrad',
      { dy: tf.tensor(dy, shape), x, gamma, mean: tf.tensor1d(mean!), variance: tf.tensor1d(variance!) },
      { epsilon },
    );

    await startEngine({ engine: 'cpu' });
    const own = make();
    const axes = shape.slice(0, -1).map((_, axis) => axis);
    const normalise = (image: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor => {
      const moments = tf.moments(image, axes);
      return image.sub(moments.mean).div(moments.variance.add(epsilon).sqrt()).mul(scale).add(offset);
    };
    const moments = tf.moments(own.x, axes);
    expectClose(y!, normalise(own.x, own.gamma, own.beta).dataSync());
    expectClose(mean!, moments.mean.dataSync());
    expectClose(variance!, moments.variance.dataSync());
    const move = (moving: tf.Tensor, batch: tf.Tensor) => moving.mul(momentum).add(batch.mul(1 - momentum));
    expectClose(movedMean!, move(own.movingMean, moments.mean).dataSync());
    const unbiased = moments.variance.mul(rows / (rows - 1));
    expectClose(movedVariance!, move(own.movingVariance, unbiased).dataSync());
    const expected = tf.grads((image, scale, offset) => normalise(image!, scale!, offset!))(
      [own.x, own.gamma, own.beta],
      tf.tensor(dy, shape),
    );
    for (const [index, gradient] of expected.entries()) expectClose(gradients[index]!, gradient.dataSync());
  });
});

describe("an optimiser's step over all parameters", () => {
  const size = 1000;
  const [p, g, m, rates] = [wave(size, 0.2), wave(size, 0.3), wave(size, 0.4), wave(size, 0.5).map(Math.abs)];
  const s = m.map((value) => value ** 2);
  const decays = p.map((_, index) => (index % 3 === 0 ? 0.01 : 0));
  const tensors = (columns: Record<string, Float32Array>) =>
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, tf.tensor1d(values)]));

  test('with momentum', () => {
    const schedule = Float32Array.of(0.1);
    const inputs = tensors({ parameters: p, gradient: g, velocity: m, rates, decays, schedule });
    const [parameters, velocity] = run('SgdMomentumStep', inputs, { momentum: 0.9 });
    const moved = m.map((value, index) => 0.9 * value + g[index]!);
    expectClose(velocity!, moved);
    const stepped = p.map((value, i) => value - 0.1 * rates[i]! * (moved[i]! + decays[i]! * value));
    expectClose(parameters!, stepped);
  });

  test.each([1, 100])('of AdamW, step %i', (step) => {
    const [beta1, beta2, epsilon, learningRate] = [0.9, 0.999, 1e-8, 0.1];
    const schedule = Float32Array.of(learningRate, 1 - beta1 ** step, 1 - beta2 ** step);
    const inputs = tensors({ parameters: p, gradient: g, mean: m, square: s, rates, decays, schedule });
    const attributes = { beta1, beta2, epsilon };
    const [parameters, mean, square] = run('AdamWStep', inputs, attributes);
    const means = m.map((value, index) => beta1 * value + (1 - beta1) * g[index]!);
    const squares = s.map((value, index) => beta2 * value + (1 - beta2) * g[index]! ** 2);
    expectClose(mean!, means);
    expectClose(square!, squares);
    const stepped = p.map((value, i) => {
      const change =
        means[i]! / (1 - beta1 ** step) / (Math.sqrt(squares[i]! / (1 - beta2 ** step)) + epsilon);
      return value - learningRate * rates[i]! * (change + decays[i]! * value);
    });
    expectClose(parameters!, stepped);
  });
});

test.each([
  [[6, 5], [0], false],
  [[2, 3, 4, 5], [0, 1, 2], false],
  [[2, 3, 4, 5], [2, 0, 1], false],
  [[2, 3, 4, 5], [0, 1, 2], true],
  [[2, 3, 4, 5], [3], false],
  [[4, 5], [-1], false],
  [[4, 5], [-2], false],
  [[2, 3, 4, 5], [-4, -3, 2], false],
  [[7], [0], false],
  [[0, 3], [0], false],
] as const)('the sum of %j over %j, dimensions kept: %s', async (shape, axes, keepDims) => {
  const values = wave(tf.util.sizeFromShape([...shape]), 0.3).map(Math.abs);
  const sum = () => tf.sum(tf.tensor(values, [...shape]), [...axes], keepDims);
  const native = sum();
  const [nativeShape, nativeValues] = [native.shape, native.dataSync<'float32'>()];
  await startEngine({ engine: 'cpu' });
  const cpu = sum();
  expect(nativeShape).toEqual(cpu.shape);
  expectClose(nativeValues, cpu.dataSync());
});

test('the sum of whole numbers stays one of whole numbers', () => {
  const sum = tf.sum(tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32'), 0);
  expect(sum.dtype).toBe('int32');
  expect([...sum.dataSync()]).toEqual([4, 6]);
});

test('a tensor outlives the one that it was reshaped from, whatever its shape', () => {
  const { numTensors, numDataBuffers } = tf.memory();
  for (const shape of [[2, 3], [3, 2], [6]]) {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    const reshaped = x.reshape(shape);
    x.dispose();
    expect(reshaped.shape).toEqual(shape);
    expect([...reshaped.dataSync()]).toEqual([1, 2, 3, 4, 5, 6]);
    reshaped.dispose();
  }
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
});

import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import type { EngineName } from '../engine.js';
import { startEngine } from '../start-engine.js';
import { relativeDifference, takeTrainingStep } from './training-step.js';

beforeAll(async () => {
  expect(await startEngine({ engine: 'native' })).toMatchObject({ backend: 'native' });
});

/** Gradients of a scalar function in all its inputs, on one engine. */
const gradientsOn = async (
  engine: EngineName,
  inputs: () => tf.Tensor[],
  loss: (...values: tf.Tensor[]) => tf.Scalar,
): Promise<Float32Array[]> => {
  await startEngine({ engine });
  return tf
    .grads(loss)(inputs())
    .map((gradient) => Float32Array.from(gradient.dataSync()));
};

const values = (shape: number[], step: number): tf.Tensor => {
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, index) => Math.sin(index * step)),
    shape,
  );
};

test('a training step has the gradient of the cpu engine', async () => {
  await startEngine({ engine: 'native' });
  const native = takeTrainingStep();
  await startEngine({ engine: 'cpu' });
  const cpu = takeTrainingStep();
  expect(relativeDifference(native.gradient, cpu.gradient)).toBeLessThanOrEqual(1e-4);
  expect(native.loss).toBeCloseTo(cpu.loss, 5);
});

test.each([1, 2] as const)(
  'convolutions of stride %i have the gradients of the cpu engine',
  async (stride) => {
    const inputs = () => [
      values([2, 9, 8, 6], 0.13),
      values([3, 3, 6, 5], 0.71),
      values([3, 3, 5, 1], 0.47),
      values([5], 1.3),
    ];
    const loss = (image: tf.Tensor, kernel: tf.Tensor, depthwise: tf.Tensor, bias: tf.Tensor): tf.Scalar => {
      const convolved = tf.conv2d(image as tf.Tensor4D, kernel as tf.Tensor4D, stride, 'same').add(bias);
      return tf
        .depthwiseConv2d(tf.relu6(convolved) as tf.Tensor4D, depthwise as tf.Tensor4D, stride, 'same')
        .square()
        .mean()
        .asScalar();
    };
    const native = await gradientsOn('native', inputs, loss);
    const cpu = await gradientsOn('cpu', inputs, loss);
    expect(native).toHaveLength(4);
    native.forEach((gradient, index) => {
      expect(relativeDifference(gradient, cpu[index]!)).toBeLessThanOrEqual(1e-4);
    });
  },
);

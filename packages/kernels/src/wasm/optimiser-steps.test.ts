import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { registerWasmGradients } from '../register-wasm-gradients.js';
import { expectClose } from '../testing/expect-close.js';
import { randomValues } from '../testing/random-values.js';
import { runKernel } from '../testing/run-kernel.js';
import { useBackend } from '../testing/use-backend.js';

const vectors = (random: ReturnType<typeof randomValues>, size: number) => {
  const vector = () => random.values([size]);
  const positive = () => ({ shape: [size], data: vector().data.map(Math.abs) });
  return { vector, positive };
};

beforeAll(async () => {
  registerWasmGradients();
  await useBackend('wasm');
});

test('SgdMomentumStep agrees with double precision over 60 sizes', () => {
  const random = randomValues(61);
  for (let size = 0; size < 60; size++) {
    const { vector, positive } = vectors(random, size);
    const inputs = {
      parameters: vector(),
      gradient: vector(),
      velocity: vector(),
      rates: positive(),
      decays: positive(),
      schedule: { shape: [1], data: Float32Array.of(0.3) },
    };
    const attributes = { momentum: 0.9 };
    const run = { kernel: 'SgdMomentumStep', inputs, attributes };
    const { parameters, gradient, velocity, rates, decays } = inputs;
    const nextVelocity = Array.from(velocity.data, (value, i) => 0.9 * value + gradient.data[i]!);
    const nextParameters = Array.from(
      parameters.data,
      (value, i) => value - 0.3 * rates.data[i]! * (nextVelocity[i]! + decays.data[i]! * value),
    );
    const outputs = runKernel(run);
    expectClose(outputs[0]!.data, nextParameters, run);
    expectClose(outputs[1]!.data, nextVelocity, run);
  }
});

test.each([1, 2, 500])('AdamWStep agrees with double precision at step %i over 20 sizes', (step) => {
  const random = randomValues(62);
  const [beta1, beta2, epsilon, learningRate] = [0.9, 0.999, 1e-8, 0.3];
  for (let size = 0; size < 20; size++) {
    const { vector, positive } = vectors(random, size);
    const inputs = {
      parameters: vector(),
      gradient: vector(),
      mean: vector(),
      square: positive(),
      rates: positive(),
      decays: positive(),
      schedule: { shape: [3], data: Float32Array.of(learningRate, 1 - beta1 ** step, 1 - beta2 ** step) },
    };
    const run = { kernel: 'AdamWStep', inputs, attributes: { beta1, beta2, epsilon } };
    const { parameters, gradient, mean, square, rates, decays } = inputs;
    const nextMean = Array.from(mean.data, (m, i) => beta1 * m + (1 - beta1) * gradient.data[i]!);
    const nextSquare = Array.from(square.data, (s, i) => beta2 * s + (1 - beta2) * gradient.data[i]! ** 2);
    const nextParameters = Array.from(parameters.data, (p, i) => {
      const root = Math.sqrt(nextSquare[i]! / (1 - beta2 ** step));
      const direction = nextMean[i]! / (1 - beta1 ** step) / (root + epsilon);
      return p - learningRate * rates.data[i]! * (direction + decays.data[i]! * p);
    });
    const outputs = runKernel(run);
    expectClose(outputs[0]!.data, nextParameters, run);
    expectClose(outputs[1]!.data, nextMean, run);
    expectClose(outputs[2]!.data, nextSquare, run);
  }
});

test('AdamWStep is the composed arithmetic to the bit, and its inputs stay as they were', () => {
  const { values } = randomValues(63);
  const [parameters, gradient, mean] = [values([103]), values([103]), values([103])];
  const square = { shape: [103], data: values([103]).data.map(Math.abs) };
  const ones = { shape: [103], data: new Float32Array(103).fill(1) };
  const schedule = { shape: [3], data: Float32Array.of(0.01, 1 - 0.9 ** 7, 1 - 0.999 ** 7) };
  const inputs = { parameters, gradient, mean, square, rates: ones, decays: ones, schedule };
  const attributes = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  const tensors = Object.fromEntries(
    Object.entries(inputs).map(([name, { data, shape }]) => [name, tf.tensor(data, shape)]),
  );
  const [next] = tf.engine().runKernel('AdamWStep', tensors, attributes) as unknown as tf.Tensor[];
  const m = tensors.mean!.mul(0.9).add(tensors.gradient!.mul(1 - 0.9));
  const s = tensors.square!.mul(0.999).add(tensors.gradient!.square().mul(1 - 0.999));
  const root = s.div(1 - 0.999 ** 7).sqrt();
  const step = m.div(1 - 0.9 ** 7).div(root.add(1e-8));
  const decayed = step.add(tensors.parameters!.mul(tensors.decays!));
  const expected = tensors.parameters!.sub(decayed.mul(tensors.rates!).mul(0.01));
  expect([...next!.dataSync()]).toEqual([...expected.dataSync()]);
  for (const [name, { data }] of Object.entries(inputs)) {
    expect([...tensors[name]!.dataSync()]).toEqual([...data]);
  }
});

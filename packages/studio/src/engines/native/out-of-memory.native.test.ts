import { collectTraining, examplesFromArray, train } from '@regraft/core';
import { compileGraph } from '@regraft/kernels/graph';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failureOf } from '../../testing/failure-of.js';
import { limitAddresses, unlimitAddresses } from '../../testing/limit-addresses.js';
import { smallModel, wave } from '../../testing/small-model.js';
import { startEngine } from '../start-engine.js';

const model = smallModel({ size: 32, channels: 64 });

const trainingOf = (size: number) => ({
  examples: examplesFromArray(wave(size * 32 * 32 * 3, 0.37), [32, 32, 3]),
  labels: Int32Array.from({ length: size }, (_, index) => index % 3),
});

/** One epoch, of which the last batch may be smaller. */
const trainOn = (size: number, batchSize: number) =>
  collectTraining(
    train(
      model,
      { training: trainingOf(size) },
      { epochs: 1, batchSize, learningRate: 0.01, headFirst: false, seed: 7 },
    ),
  );

beforeEach(async () => {
  expect(await startEngine({ engine: 'native' })).toMatchObject({ backend: 'native' });
  // Threads and code of TensorFlow's own are there before memory gets short.
  await trainOn(16, 8);
});

afterEach(() => unlimitAddresses());

test('memory that really runs out is told with a batch size, which then fits into the same memory', async () => {
  const size = 1200;
  const tensors = tf.memory().numTensors;
  limitAddresses(1.5e9);
  const error = await failureOf(trainOn(size, size));
  expect(error.code).toBe('out-of-memory');
  expect(error.message).toMatch(
    /^A training step must fit into memory\. Received: a batch of \d+, which takes about \d+ MB on the engine "tensorflow" \(OOM when allocating tensor .+\)\.$/,
  );
  expect(error.hint).toMatch(
    /^Try a batch size of \d+, which takes about \d+ MB, or unfreeze fewer blocks\.$/,
  );
  expect(tf.memory().numTensors).toBe(tensors);
  const { suggestion } = error.details as { suggestion: number };
  expect(suggestion).toBeGreaterThanOrEqual(64);
  const { history } = await trainOn(size, suggestion);
  expect(history).toHaveLength(1);
});

test('a compiled function that finds no memory says what one told op by op says, and still works', () => {
  const compute = ([x]: readonly tf.Tensor[]) => {
    const product = tf.matMul(x!, x!);
    return [tf.concat(Array<tf.Tensor>(128).fill(product)).sum()];
  };
  const graph = compileGraph(compute, [tf.ones([8, 8])]);
  const large = tf.ones([2048, 2048]);
  limitAddresses(3e8);
  const saying = /OOM when allocating tensor with shape\[262144,2048\]/;
  expect(() => graph.run([large])).toThrow(saying);
  expect(() => tf.tidy(() => compute([large]))).toThrow(saying);
  expect([...graph.run([tf.ones([8, 8])])[0]!.dataSync()]).toEqual([128 * 8 ** 3]);
});

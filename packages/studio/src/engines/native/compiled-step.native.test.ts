import { examplesFromArray, type TrainingControls, type TrainingOptions, train } from '@regraft/core';
import { compileGraph } from '@regraft/kernels/graph';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { failureOf } from '../../testing/failure-of.js';
import { smallModel, wave } from '../../testing/small-model.js';
import type { EngineName } from '../engine.js';
import { startEngine } from '../start-engine.js';

beforeEach(async () => {
  expect(await startEngine({ engine: 'native' })).toMatchObject({ backend: 'native' });
});

afterEach(() => vi.unstubAllEnvs());

describe('compileGraph', () => {
  test('computes what the function does, from inputs and from tensors outside', () => {
    const captured = tf.variable(tf.tensor1d([1, 2]));
    const tensors = tf.memory().numTensors;
    const graph = compileGraph(([x]) => [x!.mul(captured).add(1), x!], [tf.zeros([2])]);
    const [value, same] = graph.run([tf.tensor1d([3, 4])]);
    expect([...value!.dataSync()]).toEqual([4, 9]);
    expect([...same!.dataSync()]).toEqual([3, 4]);
    tf.dispose([value!, same!]);
    graph.dispose();
    expect(tf.memory().numTensors).toBe(tensors + 2);
    captured.dispose();
  });

  test('holds constants of one number, of several, and none at all', () => {
    const compute = ([x]: readonly tf.Tensor[]) =>
      [
        [1.5, 1.5],
        [-0, -0],
        [Number.NaN, Number.NaN],
        [1, 2],
      ]
        .map((values) => x!.add(tf.tensor1d(values)) as tf.Tensor)
        .concat(tf.div(1, tf.tensor1d([-0, -0])), tf.concat([x!, tf.tensor1d([])]));
    const graph = compileGraph(compute, [tf.zeros([2])]);
    const results = graph.run([tf.tensor1d([3, 4])]).map((result) => [...result.dataSync()]);
    const { NaN: none, NEGATIVE_INFINITY: least } = Number;
    expect(results).toEqual([
      [4.5, 5.5],
      [3, 4],
      [none, none],
      [4, 6],
      [least, least],
      [3, 4],
    ]);
    graph.dispose();
  });

  test('refuses a function that reads values, and leaves the backend as it was', () => {
    const reads = () => compileGraph(([x]) => [tf.tensor1d(x!.dataSync())], [tf.ones([1])]);
    expect(reads).toThrow(/must not read the values of tensors/);
    expect([...tf.ones([1]).add(1).dataSync()]).toEqual([2]);
  });
});

const trainOn = async (
  engine: EngineName,
  recipe: Partial<TrainingOptions>,
  controls: TrainingControls = {},
): Promise<Map<string, number[]>> => {
  await startEngine({ engine });
  const size = 11;
  const training = {
    examples: examplesFromArray(wave(size * 192, 0.37), [8, 8, 3]),
    labels: Int32Array.from({ length: size }, (_, index) => index % 3),
  };
  const options = {
    epochs: 3,
    batchSize: 4,
    learningRate: 0.01,
    headFirst: false,
    seed: 7,
    ...recipe,
    ...controls,
  };
  const events = train(smallModel(), { training }, options);
  for (;;) {
    const { value, done } = await events.next();
    if (!done) continue;
    return new Map([...value.model.network.weights].map(([name, { data }]) => [name, [...data]]));
  }
};

// 11 examples in batches of 4: steps of two shapes.
test.each([
  { optimiser: 'sgd', batchNorm: 'inference' },
  { optimiser: 'sgd', batchNorm: 'train' },
  { optimiser: 'adamw', batchNorm: 'train', dropout: 0.3 },
] as const)('compiled steps with %o train as the cpu engine does', async (recipe) => {
  const native = await trainOn('native', recipe);
  const cpu = await trainOn('cpu', recipe);
  const start = smallModel().network.weights;
  expect(native.size).toBe(cpu.size);
  for (const [name, values] of native) {
    const expected = cpu.get(name)!;
    for (const [index, value] of values.entries()) expect(value).toBeCloseTo(expected[index]!, 4);
  }
  const moved = [...start].filter(([name, { data }]) => [...data].join() !== native.get(name)?.join());
  expect(moved.map(([name]) => name)).toContain('first/kernel');
  expect(moved.some(([name]) => name === 'first/norm/mean')).toBe(recipe.batchNorm === 'train');
});

test('training gives its graphs and tensors back, and twice the same bits', async () => {
  const first = await trainOn('native', { optimiser: 'adamw' });
  const tensors = tf.memory().numTensors;
  expect(await trainOn('native', { optimiser: 'adamw' })).toEqual(first);
  expect(tf.memory().numTensors).toBe(tensors);
});

test('a training that goes on from any checkpoint, between two shapes of batch too, ends with the same bits', async () => {
  const recipe = { optimiser: 'adamw', batchNorm: 'train', dropout: 0.3, ema: 0.9 } as const;
  const checkpoints: Uint8Array[] = [];
  const onCheckpoint = async (state: Uint8Array): Promise<void> => {
    checkpoints.push(state);
  };
  const whole = await trainOn('native', recipe, { onCheckpoint, checkpointSeconds: 0 });
  expect(checkpoints.length).toBeGreaterThanOrEqual(9);
  for (const resumeFrom of checkpoints) {
    expect(await trainOn('native', recipe, { resumeFrom })).toEqual(whole);
  }
});

test('a temporary folder that cannot be written to is a sentence, and the next training works', async () => {
  vi.stubEnv('TMPDIR', '/dev/null/none');
  const error = await failureOf(trainOn('native', { optimiser: 'sgd' }));
  expect(error.code).toBe('engine-unavailable');
  expect(error.message).toMatch(
    /must be able to write to the temporary folder \/dev\/null\/none\. Received: ENO/,
  );
  expect(error.hint).toContain('--engine wasm');
  vi.unstubAllEnvs();
  expect((await trainOn('native', { optimiser: 'sgd' })).size).toBeGreaterThan(0);
});

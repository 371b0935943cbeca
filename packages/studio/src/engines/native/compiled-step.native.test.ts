import {
  examplesFromArray,
  findBlocks,
  graft,
  type Model,
  replaceHead,
  type TrainingControls,
  type TrainingOptions,
  train,
  unfreezeAll,
} from '@regraft/core';
import { compileGraph } from '@regraft/kernels/graph';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { failureOf } from '../../testing/failure-of.js';
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

  test('refuses a function that reads values, and leaves the backend as it was', () => {
    const reads = () => compileGraph(([x]) => [tf.tensor1d(x!.dataSync())], [tf.ones([1])]);
    expect(reads).toThrow(/must not read the values of tensors/);
    expect([...tf.ones([1]).add(1).dataSync()]).toEqual([2]);
  });
});

const preprocessing = {
  size: [8, 8] as [number, number],
  fit: 'stretch' as const,
  interpolation: 'linear' as const,
  mean: [0, 0, 0] as [number, number, number],
  deviation: [1, 1, 1] as [number, number, number],
};

const wave = (size: number, step: number): Float32Array =>
  Float32Array.from({ length: size }, (_, index) => Math.sin(index * step));

/** Two convolutions with batch-norm, the second depthwise, over 8x8 images. */
const smallModel = (): Model => {
  const weights = new Map<string, { shape: number[]; data: Float32Array }>();
  const weight = (name: string, shape: number[], data: Float32Array): string => {
    weights.set(name, { shape, data });
    return name;
  };
  const batchNorm = (name: string, input: string) => ({
    op: 'batch-norm' as const,
    name,
    inputs: [input],
    gamma: weight(`${name}/gamma`, [6], new Float32Array(6).fill(1)),
    beta: weight(`${name}/beta`, [6], wave(6, 0.7)),
    mean: weight(`${name}/mean`, [6], wave(6, 0.3)),
    variance: weight(`${name}/variance`, [6], new Float32Array(6).fill(0.8)),
    epsilon: 1e-3,
  });
  const window = { strides: [1, 1], dilations: [1, 1], padding: 'same' } as const;
  const rectifier = (name: string, input: string) => ({
    op: 'activation' as const,
    name,
    inputs: [input],
    kind: 'relu6' as const,
  });
  const nodes = [
    { op: 'input' as const, name: 'image', inputs: [], shape: [8, 8, 3] },
    {
      op: 'conv2d' as const,
      name: 'first',
      inputs: ['image'],
      kernel: weight('first/kernel', [3, 3, 3, 6], wave(162, 1.1)),
      ...window,
    },
    batchNorm('first/norm', 'first'),
    rectifier('first/relu', 'first/norm'),
    {
      op: 'depthwise-conv2d' as const,
      name: 'second',
      inputs: ['first/relu'],
      kernel: weight('second/kernel', [3, 3, 6, 1], wave(54, 0.9)),
      ...window,
    },
    batchNorm('second/norm', 'second'),
    rectifier('second/relu', 'second/norm'),
    { op: 'global-average-pool' as const, name: 'features', inputs: ['second/relu'], keepDims: false },
  ];
  const network = { name: 'small', nodes, output: 'features', weights };
  const backbone = { id: 'small', sha256: '', network, blocks: findBlocks(network), preprocessing };
  return graft(backbone, { head: replaceHead(['a', 'b', 'c']), freeze: unfreezeAll() });
};

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

import {
  examplesFromArray,
  findBlocks,
  graft,
  type Model,
  replaceHead,
  train,
  type TrainingOptions,
  unfreezeAll,
} from '@regraft/core';
import { compileGraph } from '@regraft/kernels/graph';
import * as tf from '@tensorflow/tfjs';
import { beforeEach, describe, expect, test } from 'vitest';
import type { EngineName } from '../engine.js';
import { startEngine } from '../start-engine.js';

beforeEach(async () => {
  expect(await startEngine({ engine: 'native' })).toMatchObject({ backend: 'native' });
});

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

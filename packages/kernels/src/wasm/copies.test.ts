import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { registerWasmGradients } from '../register-wasm-gradients.js';
import { expectAgreementWithCpu } from '../testing/expect-agreement-with-cpu.js';
import { randomValues } from '../testing/random-values.js';
import type { KernelRun } from '../testing/run-kernel.js';
import { useBackend } from '../testing/use-backend.js';

beforeAll(async () => {
  registerWasmGradients();
  await useBackend('wasm');
});

test('SplitV agrees with the cpu backend over 150 shapes, axes and sizes', async () => {
  const { integer, pick, values } = randomValues(33);
  const runs = Array.from({ length: 150 }, (): KernelRun => {
    const shape = Array.from({ length: integer(1, 4) }, () => integer(1, 5));
    const axis = integer(0, shape.length - 1);
    const parts = Array.from({ length: integer(1, 4) }, () => pick(0, 1, integer(2, 40)));
    const length = parts.reduce((total, part) => total + part, 0);
    const rest = [...parts, -1];
    return {
      kernel: 'SplitV',
      inputs: { x: values(shape.with(axis, length)) },
      attributes: {
        numOrSizeSplits: pick<number | number[]>(parts, rest, length > 0 ? length : 1),
        axis: pick(axis, axis - shape.length),
      },
    };
  });
  await expectAgreementWithCpu(runs);
});

test('a clone shares the memory of its tensor and outlives it', () => {
  const x = tf.tensor1d([1, 2, 3]);
  const { numDataBuffers } = tf.memory();
  const clone = x.clone();
  expect(tf.memory().numDataBuffers).toBe(numDataBuffers);
  x.dispose();
  expect([...clone.dataSync()]).toEqual([1, 2, 3]);
  clone.dispose();
  expect(tf.memory().numDataBuffers).toBe(numDataBuffers - 1);
});

test('a variable changes without its clone', () => {
  const variable = tf.variable(tf.tensor1d([1, 2]));
  const before = variable.clone();
  variable.assign(tf.tensor1d([3, 4]));
  expect([...before.dataSync()]).toEqual([1, 2]);
  tf.dispose([variable, before]);
});

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

test('BatchMatMul agrees with the cpu backend over 200 shapes, transpositions and batches', async () => {
  const { integer, pick, values } = randomValues(31);
  const runs = Array.from({ length: 200 }, (): KernelRun => {
    const [transposeA, transposeB] = [pick(true, false), pick(true, false)];
    const [batchA, batchB] = pick<[number[], number[]]>(
      [[], []],
      [[1], [1]],
      [[3], [3]],
      [[3], [1]],
      [[1], [2]],
      [
        [2, 2],
        [2, 2],
      ],
    );
    const [rows, inner, columns] = [integer(1, 19), integer(1, 19), integer(1, 19)];
    return {
      kernel: 'BatchMatMul',
      inputs: {
        a: values([...batchA, ...(transposeA ? [inner, rows] : [rows, inner])]),
        b: values([...batchB, ...(transposeB ? [columns, inner] : [inner, columns])]),
      },
      attributes: { transposeA, transposeB },
    };
  });
  await expectAgreementWithCpu(runs);
});

test.each(['Sum', 'Mean'])('%s agrees with the cpu backend over 150 shapes and axes', async (kernel) => {
  const { integer, pick, values } = randomValues(32);
  const runs = Array.from({ length: 150 }, (): KernelRun => {
    const shape = [
      pick(kernel === 'Sum' ? 0 : 2, 1, integer(2, 200)),
      ...Array.from({ length: integer(0, 3) }, () => integer(1, 6)),
    ];
    const axes = pick([0], [0, 1], [1, 0], [0, 1, 2], [1], [shape.length - 1]);
    const x = values(shape);
    return {
      kernel,
      inputs: { x: { shape, data: x.data.map(Math.abs) } },
      attributes: { axis: axes.filter((axis) => axis < shape.length), keepDims: pick(true, false) },
    };
  });
  await expectAgreementWithCpu(runs);
});

test('Sum keeps its digits over many rows', () => {
  const rows = 300_001;
  const sums = tf.sum(tf.fill([rows, 5], 0.1), 0).dataSync();
  for (const sum of sums) expect(Math.abs(sum / (rows * Math.fround(0.1)) - 1)).toBeLessThan(1e-5);
});

test('values other than float32 are left to the backend', () => {
  expect([...tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32').sum(0).dataSync()]).toEqual([4, 6]);
});

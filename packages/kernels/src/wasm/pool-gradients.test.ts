import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { registerWasmGradients } from '../register-wasm-gradients.js';
import { centralDifferences } from '../testing/central-differences.js';
import { expectAgreementWithCpu } from '../testing/expect-agreement-with-cpu.js';
import { expectClose } from '../testing/expect-close.js';
import { poolRun, weightedPooling } from '../testing/pool-runs.js';
import { randomValues } from '../testing/random-values.js';
import { runKernel } from '../testing/run-kernel.js';
import { useBackend } from '../testing/use-backend.js';

const mean = (window: readonly number[]): number =>
  window.reduce((sum, value) => sum + value, 0) / window.length;

beforeAll(async () => {
  registerWasmGradients();
  await useBackend('wasm');
});

test('MaxPoolGrad agrees with the cpu backend over 120 shapes', async () => {
  const random = randomValues(21);
  await expectAgreementWithCpu(Array.from({ length: 120 }, () => poolRun('MaxPoolGrad', random)));
});

test('MaxPoolGrad gives dy to the first of equal values, as the cpu backend does', async () => {
  const random = randomValues(22);
  const runs = Array.from({ length: 20 }, () => {
    const run = poolRun('MaxPoolGrad', random);
    const input = { ...run.inputs.input!, data: run.inputs.input!.data.map(Math.round) };
    return { ...run, inputs: { ...run.inputs, input } };
  });
  await expectAgreementWithCpu(runs);
});

test.each([
  ['MaxPoolGrad', (window: readonly number[]) => Math.max(...window)],
  ['AvgPoolGrad', mean],
])('%s agrees with central differences, windows partly in the padding included', (kernel, pool) => {
  const random = randomValues(23);
  for (let count = 0; count < 100; count++) {
    const run = poolRun(kernel, random);
    const { input, dy } = run.inputs;
    const evaluate = (values: Float64Array) => weightedPooling(values, dy!.data, run.info, pool);
    expectClose(runKernel(run)[0]!.data, centralDifferences(evaluate, input!.data, 1e-9), run);
  }
});

test('average-pooling and its gradient fit together in tf.grad', () => {
  const ones = tf.ones<tf.Rank.R4>([1, 3, 3, 1]);
  const gradient = tf.grad((x) => tf.avgPool(x as tf.Tensor4D, 2, 2, 'same'))(ones);
  expect([...gradient.dataSync()]).toEqual([0.25, 0.25, 0.5, 0.25, 0.25, 0.5, 0.5, 0.5, 1]);
});

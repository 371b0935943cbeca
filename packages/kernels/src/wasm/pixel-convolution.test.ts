import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { registerWasmGradients } from '../register-wasm-gradients.js';
import { expectAgreementWithCpu } from '../testing/expect-agreement-with-cpu.js';
import { randomValues } from '../testing/random-values.js';
import type { KernelRun } from '../testing/run-kernel.js';
import { useBackend } from '../testing/use-backend.js';

const attributes = { strides: 1, pad: 'same', dataFormat: 'NHWC', dilations: [1, 1] };

beforeAll(async () => {
  registerWasmGradients();
  await useBackend('wasm');
});

test('agrees with the cpu backend where pixels and channels fill blocks and tiles or miss them by one', async () => {
  const { integer, pick, values } = randomValues(61);
  const runs = Array.from({ length: 40 }, (): KernelRun => {
    const [depth, columns] = [pick(1, 8, 600, 1100), pick(1, 7, 8, 9, 63, 64)];
    return {
      kernel: 'FusedConv2D',
      inputs: {
        x: values([1, integer(1, 12), integer(1, 12), depth]),
        filter: values([1, 1, depth, columns]),
        bias: values([columns]),
      },
      attributes: { ...attributes, activation: pick('linear', 'relu', 'relu6') },
    };
  });
  await expectAgreementWithCpu(runs);
});

test.each([
  ['strides', { strides: 2, pad: 'valid' }, [2, 2, 2, 2]],
  ['padding', { strides: 1, pad: 1 }, [0, 0, 0, 0, 0, 0, 2, 2, 2, 0]],
  ['another activation', { strides: 1, pad: 'valid', activation: 'leakyrelu' }, [2, 2, 2, 2, 2]],
] as const)('%s is left to the backend', (_name, options, expected) => {
  const x = tf.ones<tf.Rank.R4>([1, 3, 3, 2]);
  const filter = tf.ones<tf.Rank.R4>([1, 1, 2, 1]);
  const y = tf.fused.conv2d({ x, filter, ...options });
  expect([...y.dataSync().slice(0, expected.length)]).toEqual(expected);
});

test('a value that is no number stays none', () => {
  const x = tf.tensor4d([Number.NaN, 1], [1, 1, 2, 1]);
  const filter = tf.ones<tf.Rank.R4>([1, 1, 1, 1]);
  const y = tf.fused.conv2d({ x, filter, strides: 1, pad: 'valid', activation: 'relu6' });
  expect([...y.dataSync()]).toEqual([Number.NaN, 1]);
});

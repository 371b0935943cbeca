import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { registerWasmGradients } from '../register-wasm-gradients.js';
import { expectAgreementWithCpu } from '../testing/expect-agreement-with-cpu.js';
import { depthwiseConvolution } from '../testing/fuzz-runs.js';
import { randomValues } from '../testing/random-values.js';
import type { KernelRun } from '../testing/run-kernel.js';
import { useBackend } from '../testing/use-backend.js';

beforeAll(async () => {
  registerWasmGradients();
  await useBackend('wasm');
});

test('agrees with the cpu backend over 300 shapes', async () => {
  const random = randomValues(62);
  await expectAgreementWithCpu(Array.from({ length: 300 }, () => depthwiseConvolution(random)));
});

test('forward and gradient agree with the cpu backend for every padding of three by three pixels', async () => {
  const { integer, values, channels } = randomValues(63);
  const sides = [0, 1, 2, 3];
  const runs = sides.flatMap((before) =>
    sides.flatMap((after): KernelRun[] => {
      const size = [1, integer(3, 5), integer(1, 4), channels()] as const;
      if (size[2] + before + after < 3) return [];
      const filter = values([3, 3, size[3], 1]);
      const pad = [
        [0, 0],
        [after, before],
        [before, after],
        [0, 0],
      ];
      const attributes = { strides: [1, 1], pad, dataFormat: 'NHWC', dilations: [1, 1] };
      const outShape = [1, size[1] + before + after - 2, size[2] + before + after - 2, size[3]];
      return [
        { kernel: 'DepthwiseConv2dNative', inputs: { x: values(size), filter }, attributes },
        {
          kernel: 'DepthwiseConv2dNativeBackpropInput',
          inputs: { dy: values(outShape), filter },
          attributes: { ...attributes, inputShape: size },
        },
      ];
    }),
  );
  await expectAgreementWithCpu(runs);
});

test('dilated ones agree with the cpu backend', async () => {
  const { values } = randomValues(64);
  const attributes = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC', dilations: [2, 3] };
  const inputs = { x: values([2, 9, 8, 5]), filter: values([3, 3, 5, 1]) };
  await expectAgreementWithCpu([{ kernel: 'DepthwiseConv2dNative', inputs, attributes }]);
});

test('a value that is no number reaches the pixels that see it and no others', () => {
  const x = tf.buffer([1, 5, 5, 1]);
  x.set(Number.NaN, 0, 4, 4, 0);
  const filter = tf.ones<tf.Rank.R4>([3, 3, 1, 1]);
  const y = [...tf.depthwiseConv2d(x.toTensor() as tf.Tensor4D, filter, 1, 'same').dataSync()];
  const seen = [18, 19, 23, 24];
  for (const [index, value] of y.entries()) expect(Number.isNaN(value)).toBe(seen.includes(index));
});

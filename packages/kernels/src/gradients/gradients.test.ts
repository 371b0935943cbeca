import * as tf from '@tensorflow/tfjs';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { registerWasmGradients } from '../register-wasm-gradients.js';
import { centralDifferences } from '../testing/central-differences.js';
import { relativeDifference } from '../testing/expect-close.js';
import { weightedConvolution } from '../testing/plain-convolution.js';
import { randomValues } from '../testing/random-values.js';
import { useBackend } from '../testing/use-backend.js';

const at = [-2, -1, -0.5, 0, 0.5, 3, 5.5, 7];

const profiled = async (compute: () => tf.Tensor): Promise<string[]> =>
  (await tf.profile(compute)).kernelNames;

beforeAll(() => registerWasmGradients());

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test.each([
    ['relu', tf.relu, [0, 0, 0, 0, 1, 1, 1, 1]],
    ['relu6', tf.relu6, [0, 0, 0, 0, 1, 1, 1, 0]],
  ])('the gradient of %s is 1 where it rises', (_name, activation, expected) => {
    const gradient = tf.grad((x) => activation(x as tf.Tensor))(tf.tensor1d(at));
    expect([...gradient.dataSync()]).toEqual(expected);
  });

  test('the second derivative of relu(x)^3 is 6 relu(x)', () => {
    const cube = (x: tf.Tensor) => tf.relu(x).pow(tf.scalar(3)).sum();
    const second = tf.grad((x) =>
      tf
        .grad(cube)(x as tf.Tensor1D)
        .sum(),
    )(tf.tensor1d(at));
    const expected = at.map((value) => 6 * Math.max(value, 0));
    expect(relativeDifference(second.dataSync(), expected)).toBeLessThan(1e-5);
  });
});

test('relu takes one kernel to differentiate on wasm', async () => {
  await useBackend('wasm');
  const x = tf.tensor1d(at);
  const names = await profiled(() => tf.grad((value) => tf.relu(value as tf.Tensor))(x));
  expect(names).toContain('ReluGrad');
  expect(names).not.toContain('Step');
});

test('on cpu the gradient of relu stays that of tfjs', async () => {
  await useBackend('cpu');
  const x = tf.tensor1d(at);
  const names = await profiled(() => tf.grad((value) => tf.relu(value as tf.Tensor))(x));
  expect(names).toContain('Step');
});

describe.each([
  ['conv2d', tf.conv2d, [3, 3, 2, 4], false],
  ['depthwiseConv2d', tf.depthwiseConv2d, [3, 3, 2, 2], true],
] as const)('%s with dilation', (_name, convolve, filterShape, depthwise) => {
  const { values } = randomValues(81);
  const [x, filter] = [values([2, 7, 8, 2]), values(filterShape)];
  const differentiate = () =>
    tf.grads((input, taps) =>
      (convolve as typeof tf.conv2d)(input as tf.Tensor4D, taps as tf.Tensor4D, 1, 'same', 'NHWC', [2, 3]),
    )([tf.tensor(x.data, x.shape), tf.tensor(filter.data, filter.shape)]);

  test('has gradients on wasm, which agree with central differences', async () => {
    await useBackend('wasm');
    const [dx, dfilter] = differentiate();
    const info = tf.backend_util.computeConv2DInfo(
      x.shape as [number, number, number, number],
      [...filterShape],
      1,
      [2, 3],
      'same',
      undefined,
      depthwise,
    );
    const ones = new Float32Array(tf.util.sizeFromShape(info.outShape)).fill(1);
    const expectedInput = centralDifferences(
      (moved) => weightedConvolution(moved, filter.data, ones, info, depthwise),
      x.data,
    );
    const expectedFilter = centralDifferences(
      (moved) => weightedConvolution(x.data, moved, ones, info, depthwise),
      filter.data,
    );
    expect(relativeDifference(dx!.dataSync(), expectedInput)).toBeLessThan(1e-5);
    expect(relativeDifference(dfilter!.dataSync(), expectedFilter)).toBeLessThan(1e-5);
  });

  test('is refused on cpu, as before', async () => {
    await useBackend('cpu');
    expect(differentiate).toThrow('dilation rates');
  });
});

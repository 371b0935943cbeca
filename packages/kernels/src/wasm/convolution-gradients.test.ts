import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { registerWasmGradients } from '../register-wasm-gradients.js';
import { centralDifferences } from '../testing/central-differences.js';
import { type ConvolutionRun, convolutionRun } from '../testing/convolution-runs.js';
import { expectAgreementWithCpu } from '../testing/expect-agreement-with-cpu.js';
import { expectClose } from '../testing/expect-close.js';
import { weightedConvolution } from '../testing/plain-convolution.js';
import { randomValues } from '../testing/random-values.js';
import { type KernelRun, runKernel } from '../testing/run-kernel.js';
import { useBackend } from '../testing/use-backend.js';

const kernels = [
  'Conv2DBackpropFilter',
  'Conv2DBackpropInput',
  'DepthwiseConv2dNativeBackpropFilter',
  'DepthwiseConv2dNativeBackpropInput',
];

/** The gradient by central differences of the convolution itself. */
const plainGradient = ({ kernel, inputs, info, inputShape, filterShape }: ConvolutionRun): Float64Array => {
  const depthwise = kernel.startsWith('Depthwise');
  const { x, dy, filter } = inputs;
  return x
    ? centralDifferences(
        (values) => weightedConvolution(x.data, values, dy!.data, info, depthwise),
        new Float64Array(tf.util.sizeFromShape(filterShape)),
      )
    : centralDifferences(
        (values) => weightedConvolution(values, filter!.data, dy!.data, info, depthwise),
        new Float64Array(tf.util.sizeFromShape(inputShape)),
      );
};

beforeAll(async () => {
  registerWasmGradients();
  await useBackend('wasm');
});

describe.each(kernels)('%s', (kernel) => {
  test('agrees with the cpu backend over 240 shapes, strides and paddings', async () => {
    const random = randomValues(11);
    const limits = { dilated: false, largest: 9, channels: random.channels };
    const runs = Array.from({ length: 240 }, () => convolutionRun(kernel, random, limits));
    await expectAgreementWithCpu(runs);
  });

  test.each([true, false])('agrees with central differences, dilated: %s', (dilated) => {
    const random = randomValues(12);
    const limits = { dilated, largest: 6, channels: () => random.integer(1, 5) };
    for (let count = 0; count < 60; count++) {
      const run = convolutionRun(kernel, random, limits);
      expectClose(runKernel(run)[0]!.data, plainGradient(run), run);
    }
  });
});

test.each([
  ['more pixels and channels than one product takes', [2, 20, 21, 70], [3, 3, 70, 13]],
  ['a channel more than a tile', [1, 33, 9, 65], [1, 1, 65, 129]],
])('filter and input gradients agree with the cpu backend for %s', async (_name, inputShape, filterShape) => {
  const random = randomValues(13);
  const attributes = { strides: 1, pad: 'same', dataFormat: 'NHWC' };
  const dy = random.values([...inputShape.slice(0, 3), filterShape[3]!]);
  const runs: KernelRun[] = [
    {
      kernel: 'Conv2DBackpropFilter',
      inputs: { x: random.values(inputShape), dy },
      attributes: { ...attributes, filterShape },
    },
    {
      kernel: 'Conv2DBackpropInput',
      inputs: { dy, filter: random.values(filterShape) },
      attributes: { ...attributes, inputShape },
    },
  ];
  await expectAgreementWithCpu(runs);
});

test('a data format other than NHWC is refused', () => {
  const random = randomValues(14);
  const run = {
    kernel: 'Conv2DBackpropFilter',
    inputs: { x: random.values([1, 2, 4, 4]), dy: random.values([1, 2, 4, 4]) },
    attributes: { strides: 1, pad: 'same', dataFormat: 'NCHW', filterShape: [1, 1, 2, 2] },
  };
  expect(() => runKernel(run)).toThrow('NHWC. Received: NCHW');
});

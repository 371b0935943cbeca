import { registerWasmGradients } from '@regraft/kernels';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { relativeDifference } from '../testing/relative-difference.js';
import { seededValues } from '../testing/seeded-values.js';
import { useBackend } from '../testing/use-backend.js';
import { type Convolution, convolve, type WantedGradients } from './convolve.js';

const random = (shape: [number, number, number, number], seed: number): tf.Tensor4D =>
  tf.tensor4d(
    seededValues(tf.util.sizeFromShape(shape), seed).map((value) => 3 * value),
    shape,
  );

const apply = (activation: Convolution['activation'], x: tf.Tensor): tf.Tensor =>
  activation === 'linear' ? x : activation === 'relu' ? tf.relu(x) : tf.relu6(x);

const all: WantedGradients = { x: true, filter: true, bias: true };

const convolution = (kind: Convolution['kind'], activation: Convolution['activation']) => ({
  kind,
  x: random([2, 7, 6, 3], 1),
  filter: random(kind === 'conv2d' ? [3, 3, 3, 5] : [3, 3, 3, 1], 2),
  bias: tf.tensor1d(seededValues(kind === 'conv2d' ? 5 : 3, 3)),
  strides: [2, 1] as const,
  padding: { top: 1, bottom: 0, left: 1, right: 1 },
  activation,
});

const kernelsOf = async (wanted: WantedGradients): Promise<string[]> => {
  const { bias, ...rest } = convolution('conv2d', 'relu6');
  const operands = { ...(wanted.x && { x: rest.x }), ...(wanted.filter && { filter: rest.filter }) };
  const { kernelNames } = await tf.profile(() => {
    tf.grads((...given) => {
      const named = Object.fromEntries(Object.keys(operands).map((name, index) => [name, given[index]]));
      return convolve({ ...rest, bias, ...named }, wanted).sum();
    })(Object.values(operands));
    return [];
  });
  return kernelNames;
};

beforeAll(() => registerWasmGradients());

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  test.each([
    ['conv2d', 'linear'],
    ['conv2d', 'relu'],
    ['conv2d', 'relu6'],
    ['depthwise-conv2d', 'linear'],
    ['depthwise-conv2d', 'relu6'],
  ] as const)("%s with %s has the value and the gradients of tfjs's ops one by one", (kind, activation) => {
    const { x, filter, bias, ...rest } = convolution(kind, activation);
    const plain = (image: tf.Tensor, taps: tf.Tensor, offset: tf.Tensor): tf.Tensor => {
      const convolved = (kind === 'conv2d' ? tf.conv2d : tf.depthwiseConv2d)(
        image as tf.Tensor4D,
        taps as tf.Tensor4D,
        [2, 1],
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 0],
        ],
      );
      return apply(activation, convolved.add(offset));
    };
    const fused = (image: tf.Tensor, taps: tf.Tensor, offset: tf.Tensor): tf.Tensor =>
      convolve({ ...rest, x: image as tf.Tensor4D, filter: taps as tf.Tensor4D, bias: offset }, all);
    const differentiate = (compute: typeof plain) =>
      tf.valueAndGrads((a, b, c) => compute(a!, b!, c!).square().sum())([x, filter, bias]);
    const [expected, seen] = [differentiate(plain), differentiate(fused)];
    const pairs = [
      [seen.value, expected.value],
      ...seen.grads.map((gradient, index) => [gradient, expected.grads[index]!]),
    ];
    for (const [ours, theirs] of pairs) {
      expect(relativeDifference(ours!.dataSync(), theirs!.dataSync())).toBeLessThan(1e-5);
    }
  });
});

test('gradients that nobody wants are not computed', async () => {
  await useBackend('wasm');
  const filterOnly = await kernelsOf({ x: false, filter: true, bias: false });
  expect(filterOnly).toContain('Conv2DBackpropFilter');
  expect(filterOnly).not.toContain('Conv2DBackpropInput');
  const inputOnly = await kernelsOf({ x: true, filter: false, bias: false });
  expect(inputOnly).toContain('Conv2DBackpropInput');
  expect(inputOnly).not.toContain('Conv2DBackpropFilter');
  for (const names of [filterOnly, inputOnly]) {
    expect(names).toContain('FusedConv2D');
    expect(names).not.toContain('Relu6');
  }
});

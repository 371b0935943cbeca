import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { registerWasmGradients } from './index.js';
import { seededRandom } from './testing/seeded-random.js';
import { useBackend } from './testing/use-backend.js';

type Inputs = Record<string, { shape: number[]; data: Float32Array }>;
interface KernelCase {
  readonly kernel: string;
  readonly inputs: Inputs;
  readonly attributes: tf.NamedAttrMap;
}

const random = seededRandom(11);
const integer = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
const pick = <T>(...choices: T[]): T => choices[integer(0, choices.length - 1)]!;
const tensor = (...shape: number[]) => ({
  shape,
  data: Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random() * 2 - 1),
});

const convolutionCase = (kernel: string): KernelCase => {
  const depthwise = kernel.startsWith('Depthwise');
  const [height, width, channels, filters] = [integer(1, 3), integer(1, 5), integer(1, 5), integer(1, 4)];
  const inputShape = [integer(1, 3), integer(5, 11), integer(5, 11), channels] as [
    number,
    number,
    number,
    number,
  ];
  const filterShape = [height, width, channels, filters] as [number, number, number, number];
  const strides = [integer(1, 3), integer(1, 3)] as [number, number];
  const explicit = [
    [0, 0],
    [integer(0, 3), integer(0, 3)],
    [integer(0, 3), integer(0, 3)],
    [0, 0],
  ] as [[number, number], [number, number], [number, number], [number, number]];
  const pad = pick<'same' | 'valid' | typeof explicit>('same', 'valid', explicit);
  const { outShape } = tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    1,
    pad as 'same',
    undefined,
    depthwise,
  );
  const gradient = tensor(...outShape);
  const attributes = { strides, pad, dataFormat: 'NHWC', dilations: [1, 1] } as unknown as tf.NamedAttrMap;
  return kernel.endsWith('Filter')
    ? {
        kernel,
        inputs: { x: tensor(...inputShape), dy: gradient },
        attributes: { ...attributes, filterShape },
      }
    : {
        kernel,
        inputs: { dy: gradient, filter: tensor(...filterShape) },
        attributes: { ...attributes, inputShape },
      };
};

const matMulCase = (): KernelCase => {
  const [transposeA, transposeB] = [pick(true, false), pick(true, false)];
  const batch = pick<number[]>([], [1], [3], [2, 2]);
  const [rows, inner, columns] = [integer(1, 9), integer(1, 9), integer(1, 9)];
  const a = tensor(...batch, ...(transposeA ? [inner, rows] : [rows, inner]));
  const b = tensor(...batch, ...(transposeB ? [columns, inner] : [inner, columns]));
  return { kernel: 'BatchMatMul', inputs: { a, b }, attributes: { transposeA, transposeB } };
};

const poolCase = (): KernelCase => {
  const shape = [integer(1, 2), integer(4, 9), integer(4, 9), integer(1, 3)] as [
    number,
    number,
    number,
    number,
  ];
  const filterSize = [integer(1, 4), integer(2, 4)] as [number, number];
  const strides = [integer(1, 3), integer(1, 3)] as [number, number];
  const pad = pick<'same' | 'valid'>('same', 'valid');
  const { outShape } = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad);
  const inputs = { dy: tensor(...outShape), input: tensor(...shape), output: tensor(...outShape) };
  return { kernel: 'MaxPoolGrad', inputs, attributes: { filterSize, strides, pad } };
};

const sumCase = (): KernelCase => {
  const shape = [integer(1, 200), ...Array.from({ length: integer(0, 3) }, () => integer(1, 6))];
  const axis = pick<number[]>([0], [0, 1], [1, 0], [0, 1, 2], [1], [shape.length - 1]).filter(
    (a) => a < shape.length,
  );
  return {
    kernel: 'Sum',
    inputs: { x: { shape, data: tensor(...shape).data.map(Math.abs) } },
    attributes: { axis, keepDims: pick(true, false) },
  };
};

const run = ({ kernel, inputs, attributes }: KernelCase) =>
  tf.tidy(() => {
    const tensors = Object.fromEntries(
      Object.entries(inputs).map(([name, { data, shape }]) => [name, tf.tensor(data, shape)]),
    );
    const result = tf.engine().runKernel(kernel, tensors, attributes) as tf.Tensor;
    return { shape: result.shape, data: Float32Array.from(result.dataSync()) };
  });

const relativeDifference = (actual: Float32Array, expected: Float32Array): number => {
  const largest = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 1e-6);
  return expected.reduce((max, value, index) => Math.max(max, Math.abs(value - actual[index]!)), 0) / largest;
};

beforeAll(async () => {
  registerWasmGradients();
  await useBackend('wasm');
});

describe.each([
  ['Conv2DBackpropFilter', convolutionCase],
  ['Conv2DBackpropInput', convolutionCase],
  ['DepthwiseConv2dNativeBackpropFilter', convolutionCase],
  ['DepthwiseConv2dNativeBackpropInput', convolutionCase],
  ['BatchMatMul', matMulCase],
  ['MaxPoolGrad', poolCase],
  ['Sum', sumCase],
] as const)('%s', (kernel, makeCase) => {
  test('agrees with the cpu backend over random shapes, strides and paddings', async () => {
    const cases = Array.from({ length: 60 }, () => makeCase(kernel));
    await useBackend('cpu');
    const expected = cases.map(run);
    await useBackend('wasm');
    const { numTensors, numDataBuffers } = tf.memory();
    for (const [index, entry] of cases.entries()) {
      const actual = run(entry);
      const { shape, data } = expected[index]!;
      const description = JSON.stringify({
        shapes: Object.values(entry.inputs).map((i) => i.shape),
        ...entry.attributes,
      });
      expect(actual.shape, description).toEqual(shape);
      expect(relativeDifference(actual.data, data), description).toBeLessThanOrEqual(1e-5);
    }
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  });
});

test('calling it again changes nothing', () => {
  const before = tf.getKernelsForBackend('wasm');
  registerWasmGradients();
  expect(tf.getKernelsForBackend('wasm')).toEqual(before);
});

test('a LayersModel with convolutions trains on wasm with model.fit', async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [12, 12, 3],
        filters: 8,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        activation: 'relu',
      }),
      tf.layers.depthwiseConv2d({ kernelSize: 3, padding: 'same' }),
      tf.layers.batchNormalization(),
      tf.layers.activation({ activation: 'relu6' }),
      tf.layers.conv2d({ filters: 6, kernelSize: 1 }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.averagePooling2d({ poolSize: 2, strides: 1 }),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units: 2, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.02), loss: 'categoricalCrossentropy' });
  const bright = Array.from({ length: 32 }, (_, index) => index % 2);
  const images = tf.tensor(
    Float32Array.from(
      bright.flatMap((label) => Array.from({ length: 12 * 12 * 3 }, () => random() + label * 0.5)),
    ),
    [32, 12, 12, 3],
  );
  const labels = tf.oneHot(bright, 2);
  const { history } = await model.fit(images, labels, { epochs: 12, batchSize: 16, verbose: 0 });
  const losses = history.loss as number[];
  expect(losses.at(-1)!).toBeLessThan(losses[0]! * 0.5);
});

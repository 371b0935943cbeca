import { beforeAll, describe, expect, test } from 'vitest';
import { registerWasmGradients } from '../register-wasm-gradients.js';
import { expectClose } from '../testing/expect-close.js';
import { randomValues } from '../testing/random-values.js';
import { runKernel } from '../testing/run-kernel.js';
import { useBackend } from '../testing/use-backend.js';

const clip = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);

const activations: [string, 'x' | 'y', (x: number) => number][] = [
  ['ReluGrad', 'y', (x) => Math.max(x, 0)],
  ['Relu6Grad', 'y', (x) => clip(x, 0, 6)],
  ['SwishGrad', 'x', (x) => x / (1 + Math.exp(-x))],
  ['HardSwishGrad', 'x', (x) => (x * clip(x + 3, 0, 6)) / 6],
];

const slope = (activation: (x: number) => number, x: number): number =>
  (activation(x + 1e-6) - activation(x - 1e-6)) / 2e-6;

beforeAll(async () => {
  registerWasmGradients();
  await useBackend('wasm');
});

describe.each(activations)('%s', (kernel, saved, activation) => {
  test('agrees with central differences over 60 shapes', () => {
    const { integer, pick, values, channels } = randomValues(41);
    for (let count = 0; count < 60; count++) {
      const shape = [pick(0, 1, 2), integer(1, 5), channels()];
      const [dy, x] = [values(shape), values(shape, pick(1, 8))];
      const kept = saved === 'x' ? x : { shape, data: x.data.map(activation) };
      const run = { kernel, inputs: { dy, [saved]: kept } };
      const expected = x.data.map((value, index) => slope(activation, value) * dy.data[index]!);
      expectClose(runKernel(run)[0]!.data, expected, run);
    }
  });
});

test.each([
  ['ReluGrad', 'y', [-1, 0, 1e-30, 6, 7], [0, 0, 2, 2, 2]],
  ['Relu6Grad', 'y', [-1, 0, 1e-30, 6, 7], [0, 0, 2, 0, 0]],
  ['SwishGrad', 'x', [-1e6, -100, 0, 100, 1e6], [0, 0, 1, 2, 2]],
  ['HardSwishGrad', 'x', [-1e6, -4, 0, 4, 1e6], [0, 0, 1, 2, 2]],
])('%s at its ends', (kernel, saved, at, expected) => {
  const shape = [at.length];
  const dy = { shape, data: new Float32Array(at.length).fill(2) };
  const [dx] = runKernel({ kernel, inputs: { dy, [saved]: { shape, data: Float32Array.from(at) } } });
  for (const [index, value] of expected.entries()) expect(dx!.data[index]).toBeCloseTo(value, 30);
});

test.each(['Relu', 'Relu6'])(
  '%sBiasGrad is the gradient and the sums of its columns, over 60 shapes',
  (name) => {
    const { integer, pick, values, channels } = randomValues(43);
    for (let count = 0; count < 60; count++) {
      const shape = [pick(0, 1, 2), integer(1, 40), channels()];
      const inputs = { dy: values(shape), y: values(shape, 8) };
      const run = { kernel: `${name}BiasGrad`, inputs };
      const [expected] = runKernel({ kernel: `${name}Grad`, inputs });
      const [dx, sums] = runKernel(run);
      expect(dx).toEqual(expected);
      const columns = new Float64Array(shape.at(-1)!);
      for (const [index, value] of expected!.data.entries()) columns[index % columns.length]! += value;
      expectClose(sums!.data, columns, run);
    }
  },
);

test('shapes that differ are refused', () => {
  const { values } = randomValues(42);
  expect(() => runKernel({ kernel: 'ReluGrad', inputs: { dy: values([4]), y: values([5]) } })).toThrow(
    'Shapes 4 and 5 must match',
  );
});

import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { registerWasmGradients } from '../register-wasm-gradients.js';
import { centralDifferences } from '../testing/central-differences.js';
import { relativeDifference } from '../testing/expect-close.js';
import { randomValues } from '../testing/random-values.js';
import { useBackend } from '../testing/use-backend.js';

const epsilon = 1e-3;

/** Values of x, mean, variance, offset and scale over random shapes, and of what the output is weighted with. */
const draw = (seed: number) => {
  const { integer, values, channels } = randomValues(seed);
  const shape = [integer(1, 2), integer(1, 4), integer(1, 3), channels()];
  const columns = shape.slice(-1);
  const variance = { shape: columns, data: values(columns).data.map((value) => Math.abs(value) + 0.2) };
  const operands = [values(shape), values(columns), variance, values(columns), values(columns)] as const;
  return { operands, weights: values(shape) };
};

type Drawn = ReturnType<typeof draw>;

const normalise = ([x, mean, variance, offset, scale]: tf.Tensor[]): tf.Tensor =>
  tf.batchNorm(
    x as tf.Tensor4D,
    mean as tf.Tensor1D,
    variance as tf.Tensor1D,
    offset as tf.Tensor1D,
    scale as tf.Tensor1D,
    epsilon,
  );

const gradients = ({ operands, weights }: Drawn): Float32Array[] =>
  tf.tidy(() => {
    const factor = tf.tensor(weights.data, weights.shape);
    const differentiate = tf.grads((...tensors) => normalise(tensors).mul(factor).sum());
    const all = differentiate(operands.map(({ data, shape }) => tf.tensor(data, shape)));
    return all.map((gradient) => Float32Array.from(gradient.dataSync()));
  });

const weighted = (lists: readonly ArrayLike<number>[], weights: Float32Array): number => {
  const [x, mean, variance, offset, scale] = lists as [
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
  ];
  return Array.from(x).reduce((sum, value, index) => {
    const c = index % mean.length;
    const normal = (value - mean[c]!) / Math.sqrt(variance[c]! + epsilon);
    return sum + weights[index]! * (normal * scale[c]! + offset[c]!);
  }, 0);
};

beforeAll(async () => {
  registerWasmGradients();
  await useBackend('wasm');
});

test('agrees with central differences by every operand over 40 shapes', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const drawn = draw(seed);
    const lists = drawn.operands.map(({ data }) => data);
    for (const [place, gradient] of gradients(drawn).entries()) {
      const expected = centralDifferences(
        (values) => weighted(lists.with(place, values as unknown as (typeof lists)[0]), drawn.weights.data),
        lists[place]!,
      );
      expect(relativeDifference(gradient, expected), `seed ${seed}, operand ${place}`).toBeLessThan(1e-5);
    }
  }
});

test('agrees with the cpu backend where the statistics are those of x', async () => {
  const { values } = randomValues(91);
  const [x, scale, offset, weights] = [values([3, 5, 4, 9]), values([9]), values([9]), values([3, 5, 4, 9])];
  const differentiate = () =>
    tf
      .grads((image, gamma, beta) => {
        const { mean, variance } = tf.moments(image!, [0, 1, 2]);
        return normalise([image!, mean, variance, beta!, gamma!])
          .mul(tf.tensor(weights.data, weights.shape))
          .sum();
      })([x, scale, offset].map(({ data, shape }) => tf.tensor(data, shape)))
      .map((gradient) => gradient.dataSync());
  const ours = differentiate();
  await useBackend('cpu');
  const theirs = differentiate();
  await useBackend('wasm');
  for (const [place, gradient] of ours.entries()) {
    expect(relativeDifference(gradient, theirs[place]!)).toBeLessThan(1e-5);
  }
});

test('the second derivative is that of the cpu backend', async () => {
  const { operands } = draw(5);
  const second = () =>
    tf
      .grad((x) => {
        const others = operands.slice(1).map(({ data, shape }) => tf.tensor(data, shape));
        const first = tf.grad((image) =>
          normalise([image, ...others])
            .pow(tf.scalar(3))
            .sum(),
        );
        return first(x as tf.Tensor4D).sum();
      })(tf.tensor(operands[0].data, operands[0].shape))
      .dataSync();
  const ours = second();
  await useBackend('cpu');
  const theirs = second();
  await useBackend('wasm');
  expect(relativeDifference(ours, theirs)).toBeLessThan(1e-4);
});

import { beforeAll, expect, test } from 'vitest';
import { registerWasmGradients } from '../register-wasm-gradients.js';
import { centralDifferences } from '../testing/central-differences.js';
import { expectClose } from '../testing/expect-close.js';
import { plainBatchNorm } from '../testing/plain-batch-norm.js';
import { type RandomValues, randomValues } from '../testing/random-values.js';
import { runKernel } from '../testing/run-kernel.js';
import { useBackend } from '../testing/use-backend.js';

const attributes = { epsilon: 1e-3, momentum: 0.9 };

const moving = (values: RandomValues['values'], columns: number) => ({
  movingMean: values([columns]),
  movingVariance: values([columns]),
});

const batchNormInputs = ({ integer, values, channels, pick }: RandomValues, rows: number) => {
  const columns = channels();
  const x = values(pick([rows, columns], [integer(1, 3), rows, 2, columns]));
  return { x, gamma: values([columns]), beta: values([columns]), ...moving(values, columns) };
};

beforeAll(async () => {
  registerWasmGradients();
  await useBackend('wasm');
});

test('FusedBatchNormTrain agrees with double precision over 80 shapes', () => {
  const random = randomValues(51);
  for (let count = 0; count < 80; count++) {
    const inputs = batchNormInputs(random, random.integer(1, 80));
    const run = { kernel: 'FusedBatchNormTrain', inputs, attributes };
    const { y, mean, variance } = plainBatchNorm(inputs.x.data, inputs.gamma.data, inputs.beta.data, 1e-3);
    const outputs = runKernel(run);
    expect(outputs.map(({ shape }) => shape)).toEqual([inputs.x.shape, ...Array(4).fill(inputs.gamma.shape)]);
    expectClose(outputs[0]!.data, y, run);
    expectClose(outputs[1]!.data, mean, run);
    expectClose(outputs[2]!.data, variance, run);
    const rows = inputs.x.data.length / inputs.gamma.data.length;
    const move = (old: Float32Array, batch: readonly number[]) =>
      batch.map((value, column) => 0.9 * old[column]! + 0.1 * value);
    const unbiased = variance.map((value) => (value * rows) / Math.max(rows - 1, 1));
    expectClose(outputs[3]!.data, move(inputs.movingMean.data, mean), run);
    expectClose(outputs[4]!.data, move(inputs.movingVariance.data, unbiased), run);
  }
});

test('the variance keeps its digits where the mean is far larger', () => {
  const { values } = randomValues(52);
  const x = values([5000, 3]);
  const shifted = { ...x, data: x.data.map((value) => Math.round(value * 64) / 64 + 1000) };
  const [gamma, beta] = [values([3]), values([3])];
  const inputs = { x: shifted, gamma, beta, ...moving(values, 3) };
  const run = { kernel: 'FusedBatchNormTrain', inputs, attributes };
  const { variance } = plainBatchNorm(shifted.data, gamma.data, beta.data, 1e-3);
  expectClose(runKernel(run)[2]!.data, variance, run);
});

test('FusedBatchNormTrainGrad agrees with central differences over 60 shapes', () => {
  const random = randomValues(53);
  for (let count = 0; count < 60; count++) {
    const { x, gamma, beta } = batchNormInputs(random, random.integer(3, 9));
    const dy = random.values(x.shape);
    const statistics = plainBatchNorm(x.data, gamma.data, beta.data, 1e-3);
    const [mean, variance] = [statistics.mean, statistics.variance].map((list) => ({
      shape: gamma.shape,
      data: Float32Array.from(list),
    }));
    const run = {
      kernel: 'FusedBatchNormTrainGrad',
      inputs: { dy, x, gamma, mean: mean!, variance: variance! },
      attributes,
    };
    const weighted = (...parts: [ArrayLike<number>, ArrayLike<number>, ArrayLike<number>]) =>
      plainBatchNorm(...parts, 1e-3).y.reduce((sum, value, index) => sum + value * dy.data[index]!, 0);
    const [dx, dgamma, dbeta] = runKernel(run);
    expectClose(
      dx!.data,
      centralDifferences((values) => weighted(values, gamma.data, beta.data), x.data),
      run,
    );
    expectClose(
      dgamma!.data,
      centralDifferences((values) => weighted(x.data, values, beta.data), gamma.data),
      run,
    );
    expectClose(
      dbeta!.data,
      centralDifferences((values) => weighted(x.data, gamma.data, values), beta.data),
      run,
    );
  }
});

test('no rows give no values and gradients of 0', () => {
  const { values } = randomValues(54);
  const [x, gamma, beta] = [values([0, 2, 2, 3]), values([3]), values([3])];
  const still = moving(values, 3);
  const forward = runKernel({
    kernel: 'FusedBatchNormTrain',
    inputs: { x, gamma, beta, ...still },
    attributes,
  });
  expect(forward[0]!.shape).toEqual([0, 2, 2, 3]);
  expect(forward[3]!.data).toEqual(still.movingMean.data);
  expect(forward[4]!.data).toEqual(still.movingVariance.data);
  const inputs = { dy: x, x, gamma, mean: beta, variance: { ...gamma, data: gamma.data.map(Math.abs) } };
  const outputs = runKernel({ kernel: 'FusedBatchNormTrainGrad', inputs, attributes });
  expect(outputs.map(({ data }) => [...data])).toEqual([[], [0, 0, 0], [0, 0, 0]]);
});

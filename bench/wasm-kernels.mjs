/**
 * The wasm kernels of @regraft/kernels against the same result composed of ops that tfjs's wasm backend has:
 * `pnpm --filter @regraft/bench wasm-kernels`.
 */
import { startEngine } from '@regraft/studio/models';
import * as tf from '@tensorflow/tfjs';
import { median } from './src/median.mjs';
import { printTable, ratio } from './src/print-table.mjs';

const rounds = 7;
const stockKernels = tf.getKernelsForBackend('wasm');
await startEngine({ engine: 'wasm' });
const ourKernels = tf.getKernelsForBackend('wasm');

/** Puts kernels in the place of those of the same name. */
const useKernels = (kernels) => {
  for (const kernel of kernels) {
    if (tf.getKernel(kernel.kernelName, 'wasm') === kernel) continue;
    tf.unregisterKernel(kernel.kernelName, 'wasm');
    tf.registerKernel(kernel);
  }
};

const random = (...shape) => tf.randomNormal(shape, 0, 1, 'float32', 7);
const run = (kernel, inputs, attributes = {}) => [tf.engine().runKernel(kernel, inputs, attributes)].flat();

const image = random(8, 56, 56, 192);
const gradient = random(8, 56, 56, 192);
const convolution = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1] };
const [gamma, beta, movingMean, movingVariance] = [
  tf.ones([192]),
  tf.zeros([192]),
  tf.zeros([192]),
  tf.ones([192]),
];
const narrow = random(8, 28, 28, 64);
const narrowGradient = random(8, 28, 28, 64);
const size = 2_200_000;
const schedule = tf.tensor1d([1e-3, 1 - 0.9, 1 - 0.999]);
const [parameters, change, mean, rates, decays] = [
  random(size),
  random(size),
  random(size),
  tf.ones([size]),
  tf.zeros([size]),
];
const square = mean.square();

const taps = (x, side, work) => {
  const padded = tf.pad(x, [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ]);
  const [count, , , channels] = x.shape;
  const tap = (index) =>
    work(tf.slice(padded, [0, Math.floor(index / 3), index % 3, 0], [count, side, side, channels]));
  return tf.stack(Array.from({ length: 9 }, (_, index) => tap(index)));
};

const cases = [
  {
    name: 'depthwise 3x3 filter gradient, 8 x 56 x 56 x 192',
    ours: () =>
      run(
        'DepthwiseConv2dNativeBackpropFilter',
        { x: image, dy: gradient },
        { ...convolution, filterShape: [3, 3, 192, 1] },
      ),
    composed: () => taps(image, 56, (moved) => moved.mul(gradient).sum([0, 1, 2])),
  },
  {
    name: '3x3 filter gradient, 8 x 28 x 28 x 64 to 64',
    ours: () =>
      run(
        'Conv2DBackpropFilter',
        { x: narrow, dy: narrowGradient },
        { ...convolution, filterShape: [3, 3, 64, 64] },
      ),
    composed: () =>
      taps(narrow, 28, (moved) =>
        tf.matMul(tf.transpose(moved.reshape([-1, 64])), narrowGradient.reshape([-1, 64])),
      ),
  },
  {
    name: 'relu6 gradient, 4.8 million values',
    ours: () => run('Relu6Grad', { dy: gradient, y: image }),
    composed: () => gradient.mul(tf.step(image.mul(tf.sub(6, image)))),
  },
  {
    name: 'batch-norm by the batch, 8 x 56 x 56 x 192',
    ours: () =>
      run(
        'FusedBatchNormTrain',
        { x: image, gamma, beta, movingMean, movingVariance },
        { epsilon: 1e-3, momentum: 0.9 },
      ),
    composed: () => {
      const moments = tf.moments(image, [0, 1, 2]);
      return image
        .sub(moments.mean)
        .mul(tf.rsqrt(moments.variance.add(1e-3)).mul(gamma))
        .add(beta);
    },
  },
  {
    name: 'AdamW step, 2.2 million weights',
    ours: () =>
      run(
        'AdamWStep',
        { parameters, gradient: change, mean, square, rates, decays, schedule },
        { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      ),
    composed: () => {
      const first = mean.mul(0.9).add(change.mul(0.1));
      const second = square.mul(0.999).add(change.square().mul(0.001));
      const step = first.div(0.1).div(second.div(0.001).sqrt().add(1e-8));
      return parameters.sub(step.add(parameters.mul(decays)).mul(rates).mul(1e-3));
    },
  },
];

const milliseconds = (work, kernels) => {
  useKernels(kernels);
  const started = performance.now();
  tf.tidy(() => {
    work();
  });
  return performance.now() - started;
};

const rows = [['one thread', 'ours', 'composed', 'times as fast']];
for (const { name, ours, composed } of cases) {
  const times = { ours: [], composed: [] };
  for (let round = 0; round <= rounds; round++) {
    const pair = [milliseconds(ours, ourKernels), milliseconds(composed, stockKernels)];
    if (round === 0) continue;
    times.ours.push(pair[0]);
    times.composed.push(pair[1]);
  }
  const gain = median(times.composed.map((time, round) => time / times.ours[round]));
  rows.push([
    name,
    ...[times.ours, times.composed].map((list) => `${median(list).toFixed(1)} ms`),
    ratio(gain),
  ]);
}
printTable(rows);

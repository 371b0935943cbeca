/**
 * A training step of the same MobileNetV2 by tfjs's own ops, gradients and optimiser on its wasm backend, which gets the
 * gradients it lacks as compositions: stock-training-step.mjs SIDE BATCH STEPS
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { registerComposedGradients } from './composed-gradients.mjs';
import { mobilenetV2 } from './mobilenet-v2.mjs';
import { randomNumbers } from './random-numbers.mjs';
import { serve } from './serve.mjs';

const [side, batchSize, steps] = process.argv.slice(2).map(Number);
const classes = 10;

const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
setWasmPaths(`${path.dirname(entry)}${path.sep}`);
registerComposedGradients();
await tf.setBackend('wasm');

const { nodes, output, weights } = mobilenetV2(side);
const statistics = new Set(
  nodes.flatMap((node) => (node.op === 'batch-norm' ? [node.mean, node.variance] : [])),
);
const state = new Map(
  [...weights].map(([name, { data, shape }]) => [
    name,
    tf.variable(tf.tensor(data, shape), !statistics.has(name)),
  ]),
);
const random = randomNumbers(8);
const [features] = weights.get('head/gamma').shape;
const headKernel = tf.variable(
  tf.tensor2d(
    Float32Array.from({ length: features * classes }, () => (2 * random() - 1) / Math.sqrt(features)),
    [features, classes],
  ),
);
const headBias = tf.variable(tf.zeros([classes]));

const ops = {
  activation: (_node, x) => tf.relu6(x),
  add: (_node, x, y) => x.add(y),
  'batch-norm': ({ mean, variance, beta, gamma, epsilon }, x) =>
    tf.batchNorm(x, state.get(mean), state.get(variance), state.get(beta), state.get(gamma), epsilon),
  conv2d: ({ kernel, strides, padding }, x) => tf.conv2d(x, state.get(kernel), strides, padding),
  'depthwise-conv2d': ({ kernel, strides, padding }, x) =>
    tf.depthwiseConv2d(x, state.get(kernel), strides, padding),
  'global-average-pool': (_node, x) => tf.mean(x, [1, 2]),
};

const logits = (images) => {
  const values = new Map([['image', images]]);
  for (const node of nodes.slice(1)) {
    values.set(node.name, ops[node.op](node, ...node.inputs.map((name) => values.get(name))));
  }
  return tf.matMul(values.get(output), headKernel).add(headBias);
};

const pixels = Float32Array.from({ length: batchSize * side * side * 3 }, (_, index) => Math.sin(index));
const labels = tf.oneHot(
  Array.from({ length: batchSize }, (_, index) => index % classes),
  classes,
);
const optimiser = tf.train.momentum(1e-4, 0.9);

const epoch = async () => {
  for (let step = 0; step < steps; step++) {
    const loss = optimiser.minimize(() => {
      const images = tf.tensor4d(pixels, [batchSize, side, side, 3]);
      return tf.losses.softmaxCrossEntropy(labels, logits(images));
    }, true);
    const [value] = await loss.data();
    if (!Number.isFinite(value)) throw new Error(`Training diverged: ${value}.`);
    loss.dispose();
  }
};

await epoch();
await serve(epoch);

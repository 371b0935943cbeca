import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { registerWasmGradients } from '@regraft/kernels';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

// 1. One call, and the wasm backend trains convolutions.
registerWasmGradients();

// In a browser the wasm files lie beside the page; in Node in the package.
const wasm = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
setWasmPaths(`${dirname(wasm)}${sep}`);
await tf.setBackend('wasm');

// 2. From here on it is plain TensorFlow.js: pictures of bars that lie or stand, a small network, and fit.
const [count, side] = [96, 16];
const stands = Array.from({ length: count }, (_, image) => image % 2);
const pixels = stands.flatMap((standing, image) =>
  Array.from({ length: side * side }, (_, at) => {
    const along = standing ? at % side : Math.floor(at / side);
    return ((along + image) % 4 < 2 ? 1 : 0) + 0.3 * Math.sin(at * 12.9898 + image);
  }),
);
const images = tf.tensor(pixels, [count, side, side, 1]);
const labels = tf.oneHot(stands, 2);

const model = tf.sequential({
  layers: [
    tf.layers.conv2d({ inputShape: [side, side, 1], filters: 8, kernelSize: 3, activation: 'relu' }),
    tf.layers.batchNormalization(),
    tf.layers.depthwiseConv2d({ kernelSize: 3, strides: 2, activation: 'relu' }),
    tf.layers.globalAveragePooling2d({}),
    tf.layers.dense({ units: 2, activation: 'softmax' }),
  ],
});
model.compile({ optimizer: tf.train.adam(0.02), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
const { history } = await model.fit(images, labels, { epochs: 12, batchSize: 16, verbose: 0 });

export const backend = tf.getBackend();
export const losses = history.loss as number[];
export const accuracies = history.acc as number[];
console.log(`on ${backend}: loss ${losses.at(0)!.toFixed(2)} to ${losses.at(-1)!.toFixed(2)}`);

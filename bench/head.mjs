// Times the exact head on the wasm backend: features of a steep spectrum, as pooled ones have.
// `pnpm --filter @regraft/bench head [examples] [features] [classes]`.

import { createRequire } from 'node:module';
import path from 'node:path';
import {
  collectTraining,
  examplesFromArray,
  freezeAllButHead,
  graft,
  randomGenerator,
  replaceHead,
  train,
} from '@regraft/core';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

const [examples = 1000, features = 1280, classes = 3] = process.argv.slice(2).map(Number);
const hidden = 64;

const wasmEntry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
setWasmPaths(`${path.dirname(wasmEntry)}${path.sep}`);
await tf.setBackend('wasm');

const generator = randomGenerator(1, 'bench-head');
const normal = () => {
  let sum = -6;
  for (let draw = 0; draw < 12; draw++) sum += generator.uniform();
  return sum;
};
const mixing = Float32Array.from({ length: hidden * features }, normal);
const labels = Int32Array.from({ length: examples }, () => generator.below(classes));
const factors = Float32Array.from({ length: examples * hidden }, (_, index) => {
  const axis = index % hidden;
  const shift =
    axis >= 8 && axis < 16 && (axis + labels[Math.floor(index / hidden)]) % classes === 0 ? 1.5 : 0;
  return (normal() + shift) / Math.sqrt(1 + axis / 2);
});
const product = tf.tidy(() =>
  tf.matMul(tf.tensor2d(factors, [examples, hidden]), tf.tensor2d(mixing, [hidden, features])).relu(),
);
const values = await product.data();
product.dispose();

const shape = [features];
const backbone = {
  id: 'features',
  sha256: '',
  network: {
    name: 'features',
    nodes: [{ op: 'input', name: 'features', inputs: [], shape }],
    output: 'features',
    weights: new Map(),
  },
  blocks: [{ name: 'stem', nodes: ['features'], output: 'features' }],
  preprocessing: {
    size: [1, 1],
    fit: 'cover',
    interpolation: 'linear',
    mean: [0, 0, 0],
    deviation: [1, 1, 1],
  },
};
const names = Array.from({ length: classes }, (_, index) => `class ${index}`);
const model = graft(backbone, { head: replaceHead(names), freeze: freezeAllButHead() });
const data = { training: { examples: examplesFromArray(values, shape), labels } };

const before = process.cpuUsage();
const { head, seconds } = await collectTraining(train(model, data));
const { user, system } = process.cpuUsage(before);
console.log(`${examples} examples x ${features} features x ${classes} classes`);
console.log(`${seconds.toFixed(2)} s (${((user + system) / 1e6).toFixed(2)} s of processor time)`);
console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
console.table(
  head.crossValidation.map(({ regularisation, loss, accuracy }) => ({
    regularisation,
    loss: Number(loss.toFixed(4)),
    accuracy: Number(accuracy.toFixed(3)),
    chosen: regularisation === head.regularisation,
  })),
);

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  collectTraining,
  evaluate,
  examplesFromArray,
  freezeAllButHead,
  graft,
  layersArtifacts,
  loadBackbone,
  normalisePixels,
  replaceHead,
  train,
  type WeightSource,
} from '@regraft/core';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

// 1. Choose what computes. Core takes whatever backend TensorFlow.js has.
const require = createRequire(import.meta.url);
setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
await tf.setBackend('wasm');

// 2. Say where weights come from. Core knows their names and checksums; you bring the bytes.
const source: WeightSource = {
  fetch: async (wanted) => {
    if (wanted.kind !== 'npm') throw new Error(`This example reads npm packages only, not ${wanted.kind}.`);
    const folder = dirname(require.resolve(`${wanted.package}/package.json`));
    const bytes = await readFile(join(folder, wanted.file));
    return bytes.subarray(wanted.range?.start, wanted.range?.end);
  },
};
const backbone = await loadBackbone('mobilenet-v2.openimages', { source });

// 3. Bring images as RGB bytes of the backbone's size. These are drawn: discs and stripes.
const labels = ['disc', 'stripes'];
const [height, width] = backbone.preprocessing.size;
const draw = (label: number, step: number): Uint8Array =>
  Uint8Array.from({ length: height * width * 3 }, (_, index) => {
    const x = Math.floor(index / 3) % width;
    const y = Math.floor(index / 3 / width);
    const inside = label === 0 ? Math.hypot(x - 70 - 5 * step, y - 110) < 50 : (x + 7 * step) % 40 < 20;
    return inside ? 220 : 40 + 4 * step;
  });
const drawings = (steps: readonly number[]) => {
  const drawn = steps.flatMap((step) => labels.map((_, label) => ({ label, pixels: draw(label, step) })));
  const values = new Float32Array(drawn.length * height * width * 3);
  for (const [index, { pixels }] of drawn.entries()) {
    const start = index * pixels.length;
    normalisePixels(pixels, backbone.preprocessing, values.subarray(start, start + pixels.length));
  }
  return {
    examples: examplesFromArray(values, [height, width, 3]),
    labels: drawn.map(({ label }) => label),
  };
};

// 4. Graft a new head on the backbone, and train it. Everything below the head stays as it is.
const model = graft(backbone, { head: replaceHead(labels), freeze: freezeAllButHead() });
const training = train(model, { training: drawings([0, 2, 4, 6, 8, 10, 12, 14]) }, { seed: 7 });
const trained = await collectTraining(training, (event) => {
  if (event.type === 'phase-start') console.log(`${event.phase} …`);
});

// 5. Measure it on drawings it has not seen.
export const report = await evaluate(trained.model, drawings([1, 3, 5, 7, 9, 11]));
console.log('accuracy', report.accuracy);

// 6. Take it away: two files that plain tf.loadLayersModel reads.
export const { modelJson, weights } = layersArtifacts(trained.model.network);

/**
 * A frozen trunk as Regraft runs it, on onnxruntime-node, against the same trunk stored and opened as any tfjs user
 * opens it, as a LayersModel on the wasm backend: `pnpm --filter @regraft/bench trunk`.
 */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, sep } from 'node:path';
import { foldBatchNorm, layersArtifacts } from '@regraft/core';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { busySeconds } from './src/busy-seconds.mjs';
import { median } from './src/median.mjs';
import { mobilenetV2 } from './src/mobilenet-v2.mjs';
import { openSegments } from './src/open-segments.mjs';
import { printTable, ratio } from './src/print-table.mjs';
import { trunkSegments } from './src/trunk-segments.mjs';

const side = 224;
const batch = 8;
const images = 240;
const network = mobilenetV2();
const segments = trunkSegments(network);
const pixels = Float32Array.from({ length: batch * side * side * 3 }, (_, index) => Math.sin(index));

setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}${sep}`);
await tf.setBackend('wasm');
const input = tf.tensor(pixels, [batch, side, side, 3]);

/** Opens a network as a plain LayersModel; returns what runs it on the batch. */
const openLayersModel = async (trunk) => {
  const { modelJson, weights } = layersArtifacts(trunk);
  const { modelTopology, weightsManifest } = JSON.parse(modelJson);
  const model = await tf.loadLayersModel(
    tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData: weights.buffer }),
  );
  return async () => {
    const output = model.predict(input);
    const values = await output.data();
    output.dispose();
    return values;
  };
};

const predict = await openLayersModel(network);
const predictFolded = await openLayersModel(foldBatchNorm(network));

const output = await (await openSegments(segments))(pixels, batch);
for (const run of [predict, predictFolded]) {
  const reference = await run();
  const scale = reference.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const difference = reference.reduce(
    (largest, value, index) => Math.max(largest, Math.abs(value - output[index])),
    0,
  );
  if (difference > 1e-4 * scale) throw new Error(`The two trunks disagree by ${difference} of ${scale}.`);
}

const secondsPerImage = async (run, count) => {
  const started = performance.now();
  for (let done = 0; done < count; done += batch) await run();
  return (performance.now() - started) / 1000 / count;
};

const rounds = [];
for (let round = 0; round < 5; round++) {
  rounds.push({
    layers: await secondsPerImage(predict, 32),
    folded: await secondsPerImage(predictFolded, 32),
    trunk: (await busySeconds(Array(images).fill(''), { side, segments })) / images,
  });
}
const row = (name, pick) => [
  name,
  `${(1000 * median(rounds.map(pick))).toFixed(1)} ms`,
  ratio(median(rounds.map((round) => pick(round) / round.trunk))),
];
console.log(`MobileNetV2 at ${side} px, ${availableParallelism()} cores, median of ${rounds.length}`);
printTable([
  ['', 'per image', 'of the trunk'],
  row(`LayersModel.predict on wasm, batch ${batch}`, ({ layers }) => layers),
  row(`LayersModel.predict on wasm, batch ${batch}, batch-norm folded`, ({ folded }) => folded),
  row('trunk on onnxruntime-node, one image at a time, every core busy', ({ trunk }) => trunk),
]);
const gain = median(rounds.map(({ layers, trunk }) => layers / trunk));
console.log(`${ratio(gain)} times as fast as LayersModel.predict, to be at least 6`);

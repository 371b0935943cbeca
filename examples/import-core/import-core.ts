import { mkdir, writeFile } from 'node:fs/promises';
import {
  collectTraining,
  evaluate,
  examplesFromArray,
  freezeProof,
  graft,
  indexLabels,
  layersArtifacts,
  loadBackbone,
  normalisePixels,
  replaceHead,
  toLayersModel,
  train,
  trunkActivations,
  unfreezeFrom,
} from '@regraft/core';
import { createWeightSource, startEngine } from '@regraft/studio/models';
import * as tf from '@tensorflow/tfjs';

// 1. The fastest backend that is here, and the backbone that is installed with Regraft.
await startEngine();
const backbone = await loadBackbone('mobilenet-v2.openimages', { source: createWeightSource() });
const { preprocessing } = backbone;
const [height, width] = preprocessing.size;

// 2. Pictures as packed RGB bytes. These are drawn: dark rings or dark bars on a ground of any colour.
const draw = (name: string, seed: number): Uint8Array => {
  const pixels = new Uint8Array(height * width * 3);
  for (let at = 0; at < pixels.length; at++) {
    const column = Math.floor(at / 3) % width;
    const row = Math.floor(at / 3 / width);
    const distance = name === 'rings' ? Math.hypot(column - 100 - seed, row - 90 - 2 * seed) : column + seed;
    pixels[at] = distance % 32 < 12 ? 40 : 130 + ((37 * seed + 50 * (at % 3)) % 120);
  }
  return pixels;
};

const drawSet = (count: number, firstSeed: number) => {
  const names = Array.from({ length: count }, (_, index) => (index % 2 === 0 ? 'rings' : 'bars'));
  const length = height * width * 3;
  const values = new Float32Array(count * length);
  for (const [index, name] of names.entries()) {
    const into = values.subarray(index * length, (index + 1) * length);
    normalisePixels(draw(name, firstSeed + index), preprocessing, into);
  }
  return { names, images: examplesFromArray(values, [height, width, 3]) };
};

const known = drawSet(16, 0);
const heldOut = drawSet(12, 100);

// 3. A new head, and the top of the backbone free to move. What lies below keeps its bytes.
const model = graft(backbone, { head: replaceHead(['rings', 'bars']), freeze: unfreezeFrom('block-17') });

// 4. The frozen trunk sees each picture once; training goes on from what leaves it.
const activations = await trunkActivations(model, known.images);
const data = { training: { examples: activations, labels: indexLabels(model.labels, known.names) } };
const { model: trained } = await collectTraining(train(model, data, { epochs: 2, seed: 7 }), (event) => {
  if (event.type === 'epoch-end')
    console.log(`${event.phase}, epoch ${event.epoch}: loss ${event.loss.toFixed(3)}`);
});

// 5. What is it worth? The whole network, on pictures it has never seen.
const labels = indexLabels(trained.labels, heldOut.names);
export const { accuracy } = await evaluate(trained, { examples: heldOut.images, labels });
console.log('accuracy', accuracy);

// 6. Did the frozen part stay as it was?
export const proof = await freezeProof(model, trained.network);
if (!proof.equal) throw new Error(`These frozen tensors moved: ${proof.changed.join(', ')}`);
console.log(`${proof.tensors} frozen tensors, sha256 ${proof.after.slice(0, 12)} before and after`);

// 7. Any TensorFlow.js code takes it from here, in memory ...
const layersModel = await toLayersModel(trained.network);
const picture = normalisePixels(draw('bars', 200), preprocessing, new Float32Array(height * width * 3));
const answer = layersModel.predict(tf.tensor4d(picture, [1, height, width, 3])) as tf.Tensor;
const [chosen] = await answer.argMax(-1).data();
export const label = trained.labels[chosen!]!;
console.log(`a picture of bars: ${label}`);

// 8. ... or from files that tf.loadLayersModel reads.
const { modelJson, weights } = layersArtifacts(trained.network);
await mkdir('my-model', { recursive: true });
await writeFile('my-model/model.json', modelJson);
await writeFile('my-model/weights.bin', weights);

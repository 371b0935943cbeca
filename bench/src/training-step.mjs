/**
 * Training steps of a whole MobileNetV2 with ten classes, one epoch of STEPS a request:
 * training-step.mjs SIDE BATCH STEPS BATCH_NORM
 */
import { examplesFromArray, findBlocks, graft, replaceHead, train, unfreezeAll } from '@regraft/core';
import { startEngine } from '@regraft/studio/models';
import { mobilenetV2 } from './mobilenet-v2.mjs';
import { serve } from './serve.mjs';

const [side, batchSize, steps] = process.argv.slice(2, 5).map(Number);
const batchNorm = process.argv[5];
const classes = Array.from({ length: 10 }, (_, index) => `class ${index}`);

await startEngine();
const network = mobilenetV2(side);
const preprocessing = {
  size: [side, side],
  fit: 'stretch',
  interpolation: 'linear',
  mean: [127.5, 127.5, 127.5],
  deviation: [127.5, 127.5, 127.5],
};
const backbone = {
  id: 'mobilenet-v2.random',
  sha256: '',
  network,
  blocks: findBlocks(network),
  preprocessing,
};
const model = graft(backbone, { head: replaceHead(classes), freeze: unfreezeAll() });
const count = batchSize * steps;
const pixels = Float32Array.from({ length: count * side * side * 3 }, (_, index) => Math.sin(index));
const training = {
  examples: examplesFromArray(pixels, [side, side, 3]),
  labels: Int32Array.from({ length: count }, (_, index) => index % classes.length),
};
const events = train(
  model,
  { training },
  { epochs: 10_000, batchSize, batchNorm, optimiser: 'sgd', learningRate: 1e-4, headFirst: false, seed: 7 },
);

const nextEpoch = async () => {
  for (;;) {
    const { value, done } = await events.next();
    if (done) throw new Error('Training ended.');
    if (value.type === 'epoch-end' && value.phase === 'tail') return { seconds: value.seconds };
  }
};

await nextEpoch();
await serve(nextEpoch);

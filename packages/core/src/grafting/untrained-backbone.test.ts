import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { compileInference } from '../executors/compile-inference.js';
import { findBlocks } from '../network/find-blocks.js';
import { foldBatchNorm } from '../network/fold-batch-norm.js';
import { validateNetwork } from '../network/validate-network.js';
import { colouredImages } from '../testing/coloured-images.js';
import { regraftErrorOf } from '../testing/regraft-error-of.js';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { useBackend } from '../testing/use-backend.js';
import { collectTraining } from '../training/collect-training.js';
import { range } from '../training/example-source.js';
import { train } from '../training/train.js';
import { unfreezeAll } from './freeze-plan.js';
import { graft } from './graft.js';
import { replaceHead } from './head-plan.js';
import { untrainedBackbone } from './untrained-backbone.js';

beforeAll(() => useBackend('cpu'));

const labels = ['red', 'green', 'blue'];

test('has the layers, blocks and shapes of the trained one, other weights, and the same ones for a seed', async () => {
  const backbone = await tinyBackbone();
  const untrained = untrainedBackbone(backbone, 7);
  expect(untrained.network.nodes.map(({ name, op }) => [name, op])).toEqual(
    backbone.network.nodes.map(({ name, op }) => [name, op]),
  );
  expect(untrained.blocks).toEqual(backbone.blocks);
  for (const [name, { shape, data }] of backbone.network.weights) {
    expect(untrained.network.weights.get(name)!.shape).toEqual(shape);
    expect(untrained.network.weights.get(name)!.data).not.toEqual(data);
  }
  expect(untrainedBackbone(backbone, 7).network.weights).toEqual(untrained.network.weights);
  expect(untrainedBackbone(backbone, 8).network.weights).not.toEqual(untrained.network.weights);
});

test('puts a batch-norm back where it was folded away', async () => {
  const backbone = await tinyBackbone();
  const network = foldBatchNorm(backbone.network);
  const folded = { ...backbone, network, blocks: findBlocks(network) };
  expect(network.nodes.filter(({ op }) => op === 'batch-norm')).toHaveLength(0);
  const untrained = untrainedBackbone(folded, 7).network;
  validateNetwork(untrained);
  const convolutions = untrained.nodes.filter(({ op }) => op === 'conv2d' || op === 'depthwise-conv2d');
  expect(untrained.nodes.filter(({ op }) => op === 'batch-norm')).toHaveLength(convolutions.length);
});

test('keeps the size of values from layer to layer: He et al. 2015', async () => {
  const { network } = untrainedBackbone(await tinyBackbone(), 7);
  const { examples } = colouredImages(50);
  const images = new Float32Array(50 * 192);
  await examples.read(range(0, 50), images);
  const executor = compileInference(network);
  const spread = tf.tidy(
    () => tf.moments(executor.run(tf.tensor(images, [50, 8, 8, 3]))).variance.dataSync()[0]!,
  );
  executor.dispose();
  expect(spread).toBeGreaterThan(1e-3);
  expect(spread).toBeLessThan(1e2);
});

test('learns from scratch with batch-norm by the batch', async () => {
  const backbone = await tinyBackbone();
  const network = foldBatchNorm(backbone.network);
  const folded = { ...backbone, network, blocks: findBlocks(network) };
  const model = graft(untrainedBackbone(folded, 3), { head: replaceHead(labels), freeze: unfreezeAll() });
  const validation = colouredImages(90, { seed: 2 });
  const result = await collectTraining(
    train(
      model,
      { training: colouredImages(200), validation },
      { epochs: 20, batchSize: 16, learningRate: 0.01, batchNorm: 'train', headFirst: false, patience: null },
    ),
  );
  expect(result.best.validation!.accuracy).toBeGreaterThan(0.8);
});

test('refuses a layer that it does not know', async () => {
  const backbone = await tinyBackbone();
  const opaque = {
    op: 'opaque' as const,
    name: 'odd',
    inputs: [backbone.network.output],
    className: 'Odd',
    config: {},
    weights: [],
    nonTrainable: [],
    outputShape: [12],
  };
  const network = { ...backbone.network, nodes: [...backbone.network.nodes, opaque], output: 'odd' };
  const error = await regraftErrorOf(() => untrainedBackbone({ ...backbone, network }, 1));
  expect(error.code).toBe('weights-unsupported');
  expect(error.message).toContain('"odd", a Odd');
});

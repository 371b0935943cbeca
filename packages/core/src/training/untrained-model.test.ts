import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { compileInference } from '../executors/compile-inference.js';
import { freezeAllButHead } from '../grafting/freeze-plan.js';
import { type Graftable, graft } from '../grafting/graft.js';
import { replaceHead } from '../grafting/head-plan.js';
import type { Model } from '../grafting/model.js';
import { cutNetwork } from '../network/cut-network.js';
import { findBlocks } from '../network/find-blocks.js';
import { foldBatchNorm } from '../network/fold-batch-norm.js';
import { nodeWeights } from '../network/node-weights.js';
import { validateNetwork } from '../network/validate-network.js';
import { colouredImages } from '../testing/coloured-images.js';
import { regraftErrorOf } from '../testing/regraft-error-of.js';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { useBackend } from '../testing/use-backend.js';
import { collectTraining } from './collect-training.js';
import { range } from './example-source.js';
import { train } from './train.js';
import { untrainedModel } from './untrained-model.js';

beforeAll(() => useBackend('cpu'));

const labels = ['red', 'green', 'blue'];

const modelOn = (backbone: Graftable): Model =>
  graft(backbone, { head: replaceHead(labels), freeze: freezeAllButHead() });

const folded = async (): Promise<Graftable> => {
  const backbone = await tinyBackbone();
  const network = foldBatchNorm(backbone.network);
  return { ...backbone, network, blocks: findBlocks(network) };
};

test('has the layers, blocks and shapes of the trained one, other weights, and the same ones for a seed', async () => {
  const model = modelOn(await tinyBackbone());
  const untrained = untrainedModel(model, 7);
  const layers = ({ network }: Model) => network.nodes.map(({ name, op }) => [name, op]);
  expect(layers(untrained)).toEqual(layers(model));
  expect(untrained.blocks).toEqual(model.blocks);
  expect(untrained.plan.frozen).toEqual([]);
  const features = model.blocks.slice(0, -1).flatMap(({ nodes }) => nodes);
  for (const node of model.network.nodes.filter(({ name }) => features.includes(name))) {
    for (const { name } of nodeWeights(node)) {
      expect(untrained.network.weights.get(name)!.shape).toEqual(model.network.weights.get(name)!.shape);
      expect(untrained.network.weights.get(name)!.data).not.toEqual(model.network.weights.get(name)!.data);
    }
  }
  expect(untrainedModel(model, 7).network.weights).toEqual(untrained.network.weights);
  expect(untrainedModel(model, 8).network.weights).not.toEqual(untrained.network.weights);
});

test('puts a batch-norm back where it was folded away', async () => {
  const model = modelOn(await folded());
  expect(model.network.nodes.filter(({ op }) => op === 'batch-norm')).toHaveLength(0);
  const { network } = untrainedModel(model, 7);
  validateNetwork(network);
  const convolutions = network.nodes.filter(({ op }) => op === 'conv2d' || op === 'depthwise-conv2d');
  expect(network.nodes.filter(({ op }) => op === 'batch-norm')).toHaveLength(convolutions.length);
});

test('keeps the size of values from layer to layer: He et al. 2015', async () => {
  const backbone = await tinyBackbone();
  const { network } = untrainedModel(modelOn(backbone), 7);
  const { trunk } = cutNetwork(network, backbone.network.output);
  const { examples } = colouredImages(50);
  const images = new Float32Array(50 * 192);
  await examples.read(range(0, 50), images);
  const executor = compileInference(trunk);
  const input = tf.tensor(images, [50, 8, 8, 3]);
  const spread = tf.tidy(() => tf.moments(executor.run(input)).variance.dataSync()[0]!);
  executor.dispose();
  input.dispose();
  expect(spread).toBeGreaterThan(1e-2);
  expect(spread).toBeLessThan(1e1);
});

test('learns from scratch with batch-norm by the batch', async () => {
  const result = await collectTraining(
    train(
      untrainedModel(modelOn(await folded()), 3),
      { training: colouredImages(200), validation: colouredImages(90, { seed: 2 }) },
      {
        epochs: 20,
        batchSize: 16,
        learningRate: 0.01,
        batchNorm: 'train',
        headFirst: false,
        patience: null,
      },
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
  const blocks = [...backbone.blocks.slice(0, -1), { ...backbone.blocks.at(-1)!, output: 'odd' }];
  const error = await regraftErrorOf(() => untrainedModel(modelOn({ ...backbone, network, blocks }), 1));
  expect(error.code).toBe('weights-unsupported');
  expect(error.message).toContain('"odd", a Odd');
});

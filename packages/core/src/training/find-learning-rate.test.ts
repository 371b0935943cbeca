import { registerWasmGradients } from '@regraft/kernels';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { type FreezePlan, freezeAllButHead, unfreezeAll, unfreezeFrom } from '../grafting/freeze-plan.js';
import { type Graftable, graft } from '../grafting/graft.js';
import { replaceHead } from '../grafting/head-plan.js';
import { hashNetwork } from '../network/hash-network.js';
import { colouredImages } from '../testing/coloured-images.js';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { useBackend } from '../testing/use-backend.js';
import { collectTraining } from './collect-training.js';
import { examplesFromArray } from './example-source.js';
import { findLearningRate } from './find-learning-rate.js';
import { train } from './train.js';
import { trunkActivations } from './trunk-activations.js';

const training = colouredImages(90, { noise: 0.5 });
let backbone: Graftable;

beforeAll(async () => {
  await useBackend('wasm');
  registerWasmGradients();
  backbone = await tinyBackbone();
});

const grafted = (freeze: FreezePlan) =>
  graft(backbone, { head: replaceHead(['red', 'green', 'blue']), freeze });

test.each([
  ['head', freezeAllButHead()],
  ['tail', unfreezeFrom('block-3')],
  ['tail', unfreezeAll()],
] as const)('the %s blows up in the end, and the model stays as it is', async (phase, freeze) => {
  const model = grafted(freeze);
  const before = await hashNetwork(model.network);
  const tensors = tf.memory().numTensors;
  const seen: number[] = [];
  const search = await findLearningRate(
    model,
    { training },
    {
      optimiser: 'sgd',
      gradientClip: null,
      batchSize: 16,
      to: 1e4,
      onPoint: (point) => seen.push(point.loss),
    },
  );
  expect(tf.memory().numTensors).toBe(tensors);
  expect(await hashNetwork(model.network)).toBe(before);
  expect(search).toMatchObject({ phase, diverged: true });
  expect(seen).toEqual(search.points.map(({ loss }) => loss));
  expect(search.points[0]!.learningRate).toBeCloseTo(1e-7, 12);
  expect(search.suggestion).toBeGreaterThan(1e-6);
  expect(search.suggestion).toBeLessThan(search.points.at(-1)!.learningRate);
  const again = await findLearningRate(
    model,
    { training },
    { optimiser: 'sgd', gradientClip: null, batchSize: 16, to: 1e4 },
  );
  expect(again).toEqual(search);
});

test('a head trained at the suggested rate ends lower than at a hundredth or a thousand times of it', async () => {
  const model = grafted(freezeAllButHead());
  const options = { headSolver: 'gradient', epochs: 5, batchSize: 16, patience: null } as const;
  const { suggestion } = await findLearningRate(model, { training }, options);
  const lossAt = async (learningRate: number): Promise<number> => {
    const { history } = await collectTraining(train(model, { training }, { ...options, learningRate }));
    return history.at(-1)!.loss;
  };
  const loss = await lossAt(suggestion);
  expect(loss).toBeLessThan(await lossAt(suggestion / 100));
  expect(loss).toBeLessThan(await lossAt(suggestion * 1000));
});

test('activations at the cut give the same curve as images', async () => {
  const model = grafted(unfreezeFrom('head-conv'));
  const activations = await trunkActivations(model, training.examples);
  const options = { steps: 20, batchSize: 30 };
  const cached = await findLearningRate(model, { training: { ...training, examples: activations } }, options);
  expect(cached).toEqual(await findLearningRate(model, { training }, options));
});

test('stops when told to, refuses what train refuses, and says that a loss is none', async () => {
  const model = grafted(unfreezeFrom('head-conv'));
  const controller = new AbortController();
  const tensors = tf.memory().numTensors;
  const stopped = findLearningRate(
    model,
    { training },
    { signal: controller.signal, onPoint: () => controller.abort() },
  );
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  const mixed = findLearningRate(model, { training }, { mix: { kind: 'mixup' } });
  await expect(mixed).rejects.toMatchObject({ code: 'recipe-invalid' });
  const broken = { examples: examplesFromArray(new Float32Array(24).fill(Number.NaN), [12]), labels: [0, 1] };
  const lossless = findLearningRate(grafted(freezeAllButHead()), { training: broken });
  await expect(lossless).rejects.toMatchObject({ code: 'data-invalid' });
  expect(tf.memory().numTensors).toBe(tensors);
});

import { registerWasmGradients } from '@regraft/kernels';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { freezeAllButHead, unfreezeAll, unfreezeFrom, withLayerDecay } from '../grafting/freeze-plan.js';
import { type Graftable, graft } from '../grafting/graft.js';
import { replaceHead } from '../grafting/head-plan.js';
import type { Model } from '../grafting/model.js';
import { colouredImages } from '../testing/coloured-images.js';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { useBackend } from '../testing/use-backend.js';
import { collectTraining } from './collect-training.js';
import { type TrainOptions, train } from './train.js';
import type { EpochRecord, TrainingEvent } from './training-event.js';

const labels = ['red', 'green', 'blue'];
const training = { ...colouredImages(40, { seed: 1 }), views: [colouredImages(40, { seed: 4 }).examples] };
const data = { training, validation: colouredImages(20, { seed: 2 }) };

const weightsOf = ({ network }: Model) =>
  [...network.weights].map(([name, { data: values }]) => [name, [...values]]);

const timeless = (history: readonly EpochRecord[]) => history.map(({ seconds: _, ...record }) => record);

const follow = async (model: Model, options: TrainOptions) => {
  const checkpoints: Uint8Array[] = [];
  const events: TrainingEvent[] = [];
  const work = train(model, data, {
    checkpointSeconds: 0,
    onCheckpoint: (state) => {
      checkpoints.push(state);
    },
    ...options,
  });
  const result = await collectTraining(work, (event) => events.push(event));
  return { result, checkpoints, events };
};

describe.each(['cpu', 'wasm'] as const)('a training on %s', (backend) => {
  let backbone: Graftable;

  beforeAll(async () => {
    await useBackend(backend);
    if (backend === 'wasm') registerWasmGradients();
    backbone = await tinyBackbone();
  });

  test.each([
    ['the head alone, exactly', freezeAllButHead(), {}],
    ['the head alone, by gradient', freezeAllButHead(), { headSolver: 'gradient' }],
    ['blocks, after the exact head', unfreezeFrom('block-3'), { dropout: 0.3 }],
    [
      'blocks by SGD with batch statistics, after a head by gradient',
      unfreezeFrom('block-2'),
      { optimiser: 'sgd', batchNorm: 'train', headSolver: 'gradient', labelSmoothing: 0.1, patience: 1 },
    ],
    [
      'blocks one after another at falling rates, averaged',
      withLayerDecay(unfreezeFrom('block-2'), 0.5),
      { unfreezing: 'gradual', ema: 0.9, epochs: 4, batchNorm: 'train' },
    ],
    ['all blocks on images mixed up, averaged', unfreezeAll(), { mix: { kind: 'mixup' }, ema: 0.99 }],
    ['all blocks on images cut and mixed', unfreezeAll(), { mix: { kind: 'cutmix' }, headFirst: false }],
  ] as const)('of %s ends with the same weights from any checkpoint', async (_, freeze, options) => {
    const model = graft(backbone, { head: replaceHead(labels), freeze });
    const settings = { epochs: 3, batchSize: 16, learningRate: 1e-2, ...options };
    const whole = await follow(model, settings);
    const { length } = whole.checkpoints;
    expect(length).toBeGreaterThan(9);
    expect(whole.events.filter(({ type }) => type === 'checkpoint-saved')).toHaveLength(length);
    // All would take long: the first, the last, and every few between.
    const chosen = whole.checkpoints.filter(
      (__, index) => index % Math.ceil(length / 9) === 0 || index === length - 1,
    );
    const tensors = tf.memory().numTensors;
    for (const resumeFrom of chosen) {
      const { result } = await follow(model, { ...settings, resumeFrom });
      expect(weightsOf(result.model)).toEqual(weightsOf(whole.result.model));
      expect(timeless(result.history)).toEqual(timeless(whole.result.history));
      expect(result.best).toEqual(whole.result.best);
      expect(result.head).toEqual(whole.result.head);
    }
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('stops when told to, after a checkpoint, and goes on from there', async () => {
    const model = graft(backbone, { head: replaceHead(labels), freeze: unfreezeFrom('block-3') });
    const settings = { epochs: 2, batchSize: 16 };
    const whole = await follow(model, settings);
    const tensors = tf.memory().numTensors;
    for (const stopAt of [0, 3, 7, 20, whole.events.length - 3]) {
      const controller = new AbortController();
      let resumeFrom: Uint8Array | undefined;
      let seen = 0;
      const work = collectTraining(
        train(model, data, {
          ...settings,
          checkpointSeconds: 0,
          signal: controller.signal,
          onCheckpoint: (state) => {
            resumeFrom = state;
          },
        }),
        () => {
          if (seen++ === stopAt) controller.abort();
        },
      );
      await expect(work).rejects.toMatchObject({ code: 'cancelled' });
      const { result } = await follow(model, { ...settings, resumeFrom });
      expect(weightsOf(result.model)).toEqual(weightsOf(whole.result.model));
    }
    expect(tf.memory().numTensors).toBe(tensors);
  });
});

describe('a checkpoint', () => {
  test('of another training is refused, and what differs is named', async () => {
    await useBackend('cpu');
    const backbone = await tinyBackbone();
    const model = graft(backbone, { head: replaceHead(labels), freeze: freezeAllButHead() });
    const { checkpoints } = await follow(model, {});
    const resumeFrom = checkpoints.at(-1)!;
    const resume = (target: Model, options: TrainOptions = {}, own = data) =>
      collectTraining(train(target, own, { resumeFrom, ...options }));
    await expect(resume(model, { seed: 1 })).rejects.toThrow(/other options/);
    const other = graft(await tinyBackbone(2), { head: replaceHead(labels), freeze: freezeAllButHead() });
    await expect(resume(other)).rejects.toThrow(/another model/);
    const { views: _, ...single } = training;
    await expect(resume(model, {}, { ...data, training: { ...single, views: [] } })).rejects.toThrow(
      /other data/,
    );
    await expect(resume(model, { resumeFrom: resumeFrom.slice(1) })).rejects.toMatchObject({
      code: 'run-not-resumable',
    });
    await useBackend('wasm');
    await expect(resume(model)).rejects.toMatchObject({ code: 'engine-mismatch', message: /"wasm".*"cpu"/ });
  });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { unfreezeAll, unfreezeFrom } from '../grafting/freeze-plan.js';
import { graft } from '../grafting/graft.js';
import { replaceHead } from '../grafting/head-plan.js';
import type { Model } from '../grafting/model.js';
import { colouredImages } from '../testing/coloured-images.js';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { useBackend } from '../testing/use-backend.js';
import { decodeCheckpoint } from './checkpoint.js';
import { collectTraining } from './collect-training.js';
import { examplesFromArray } from './example-source.js';
import { type TrainOptions, train } from './train.js';
import type { TrainingData } from './training-data.js';

const training = colouredImages(30);
let model: Model;

beforeAll(async () => {
  await useBackend('cpu');
  model = graft(await tinyBackbone(), { head: replaceHead(['red', 'green', 'blue']), freeze: unfreezeAll() });
});

const attempt = (data: TrainingData, options?: TrainOptions) => collectTraining(train(model, data, options));

describe('train', () => {
  test.each([
    ['adamw', 1e6, '3e-5'],
    ['sgd', 1e6, '0.003'],
    ['sgd', 1e30, '0.003'],
  ] as const)(
    'says that %s diverges at a learning rate of %f, and what to try: %s',
    async (optimiser, learningRate, better) => {
      const options = { optimiser, learningRate, gradientClip: null, headFirst: false, warmUp: 0 };
      await expect(attempt({ training }, options)).rejects.toMatchObject({
        code: 'training-diverged',
        message: expect.stringMatching(
          /Received: .* (at step 1|after step 1, the last) of epoch [12], with a learning rate of 1.00e\+/,
        ),
        hint: expect.stringContaining(`Try a learning rate of ${better} or less`),
      });
    },
  );

  test('says so when the very last step breaks the weights', async () => {
    const options = {
      optimiser: 'sgd',
      learningRate: 1e39,
      gradientClip: null,
      epochs: 1,
      batchSize: 30,
      headFirst: false,
      warmUp: 0,
    } as const;
    await expect(attempt({ training }, options)).rejects.toMatchObject({ code: 'training-diverged' });
  });

  test.each(['none', 0.9] as const)('leaves only finite weights in its checkpoints, ema %s', async (ema) => {
    const checkpoints: Uint8Array[] = [];
    const options = {
      optimiser: 'sgd',
      learningRate: 1e12,
      gradientClip: null,
      batchSize: 5,
      epochs: 3,
      warmUp: 1,
      ema: ema === 'none' ? null : ema,
      checkpointSeconds: 0,
      onCheckpoint: (state: Uint8Array) => {
        checkpoints.push(state);
      },
    } as const;
    await expect(attempt({ training }, options)).rejects.toMatchObject({ code: 'training-diverged' });
    expect(checkpoints.length).toBeGreaterThan(1);
    for (const state of checkpoints) {
      const { arrays } = await decodeCheckpoint(state);
      for (const [name, values] of arrays) expect(values.every(Number.isFinite), name).toBe(true);
    }
  });

  test('mixes no images that a frozen block has seen, and says why', async () => {
    const frozen = graft(await tinyBackbone(), {
      head: replaceHead(['red', 'green', 'blue']),
      freeze: unfreezeFrom('block-1'),
    });
    const work = collectTraining(train(frozen, { training }, { mix: { kind: 'cutmix' } }));
    await expect(work).rejects.toMatchObject({
      code: 'recipe-invalid',
      message: expect.stringMatching(/every block must train.* Received: cutmix with 1 frozen block\./),
      hint: expect.stringContaining('Unfreeze all blocks'),
    });
  });

  const some = (labels: number[]) => ({
    examples: examplesFromArray(new Float32Array(192 * labels.length), [8, 8, 3]),
    labels,
  });

  test.each([
    [
      'labels out of range',
      { training: some([0, 1, 3]) },
      'data-invalid',
      /index into the model's 3.*3 at example 2/,
    ],
    [
      'too few labels',
      { training: { ...some([0, 1]), labels: [0] } },
      'data-invalid',
      /1 labels for 2 examples/,
    ],
    ['one class', { training: some([1, 1]) }, 'data-too-small', /2 examples, all of "green"/],
    ['nothing', { training: some([]) }, 'data-too-small', /Received: 0 examples/],
    [
      'another shape',
      { training: { examples: examplesFromArray(new Float32Array(50), [5, 5]), labels: [0, 1] } },
      'data-invalid',
      /images of shape \[8, 8, 3\].*Received: \[5, 5\]/,
    ],
    [
      'validation examples of another shape',
      { training, validation: { examples: examplesFromArray(new Float32Array(2), [2]), labels: [0] } },
      'data-invalid',
      /one shape. Received: \[2\] beside \[8, 8, 3\]/,
    ],
    [
      'views of another size',
      { training: { ...training, views: [colouredImages(29).examples] } },
      'data-invalid',
      /views of 30, 29/,
    ],
    [
      'features that are no numbers',
      {
        training: {
          ...training,
          examples: examplesFromArray(new Float32Array(30 * 192).fill(Number.NaN), [8, 8, 3]),
        },
      },
      'data-invalid',
      /finite/,
    ],
  ])('refuses %s', async (_, data, code, message) => {
    await expect(attempt(data)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test.each([[{ epochs: 0 }], [{ ema: 1 }], [{ batchNorm: 'train', batchSize: 1 }]] as const)(
    'refuses %o',
    async (options) => {
      await expect(attempt({ training }, options)).rejects.toMatchObject({ code: 'recipe-invalid' });
    },
  );

  test('passes on what a source throws', async () => {
    const examples = { ...training.examples, read: () => Promise.reject(new Error('disk gone')) };
    await expect(attempt({ training: { examples, labels: training.labels } })).rejects.toThrow('disk gone');
  });
});

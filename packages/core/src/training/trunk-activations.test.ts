import { beforeAll, expect, test } from 'vitest';
import { evaluate } from '../evaluation/evaluate.js';
import { unfreezeAll, unfreezeLast } from '../grafting/freeze-plan.js';
import { graft } from '../grafting/graft.js';
import { replaceHead } from '../grafting/head-plan.js';
import { colouredImages } from '../testing/coloured-images.js';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { useBackend } from '../testing/use-backend.js';
import { collectTraining } from './collect-training.js';
import { train } from './train.js';
import { trunkActivations } from './trunk-activations.js';

beforeAll(() => useBackend('cpu'));

const labels = ['red', 'green', 'blue'];

test('a model trained and evaluated on activations is the one trained and evaluated on images', async () => {
  const images = colouredImages(30);
  const model = graft(await tinyBackbone(), { head: replaceHead(labels), freeze: unfreezeLast(1) });
  const progress: number[] = [];
  const examples = await trunkActivations(model, images.examples, {
    batchSize: 12,
    onProgress: (done, total) => progress.push(done / total),
  });
  expect(examples.size).toBe(30);
  expect(progress).toEqual([0.4, 0.8, 1]);
  const activations = { examples, labels: images.labels };
  const options = { epochs: 2, seed: 3 };
  const fromImages = await collectTraining(train(model, { training: images }, options));
  const fromActivations = await collectTraining(train(model, { training: activations }, options));
  expect(fromActivations.model.network).toEqual(fromImages.model.network);
  expect(await evaluate(fromImages.model, activations)).toEqual(await evaluate(fromImages.model, images));
});

test('of a model with nothing frozen they are the images', async () => {
  const { examples } = colouredImages(4);
  const model = graft(await tinyBackbone(), { head: replaceHead(labels), freeze: unfreezeAll() });
  const activations = await trunkActivations(model, examples);
  const read = async (source: typeof examples) => {
    const values = new Float32Array(4 * 192);
    await source.read([0, 1, 2, 3], values);
    return values;
  };
  expect(await read(activations)).toEqual(await read(examples));
});

test('an aborted signal stops it', async () => {
  const model = graft(await tinyBackbone(), { head: replaceHead(labels), freeze: unfreezeLast(1) });
  const stopped = trunkActivations(model, colouredImages(4).examples, { signal: AbortSignal.abort() });
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
});

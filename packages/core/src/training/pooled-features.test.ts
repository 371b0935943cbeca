import { beforeAll, expect, test } from 'vitest';
import { predictProbabilities } from '../evaluation/predict-probabilities.js';
import { freezeAllButHead, unfreezeAll, unfreezeLast } from '../grafting/freeze-plan.js';
import { graft, separateHead } from '../grafting/graft.js';
import { replaceHead } from '../grafting/head-plan.js';
import { colouredImages } from '../testing/coloured-images.js';
import { relativeDifference } from '../testing/relative-difference.js';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { useBackend } from '../testing/use-backend.js';
import { collectTraining } from './collect-training.js';
import { examplesFromArray } from './example-source.js';
import { pooledFeatures } from './pooled-features.js';
import { train } from './train.js';
import { trunkActivations } from './trunk-activations.js';

beforeAll(() => useBackend('cpu'));

test.each([
  ['the head alone', freezeAllButHead()],
  ['the last block', unfreezeLast(1)],
  ['everything', unfreezeAll()],
])(
  'the head makes the same answers of them as the whole model of the images, %s trained',
  async (_, freeze) => {
    const images = colouredImages(12);
    const start = graft(await tinyBackbone(), { head: replaceHead(['red', 'green', 'blue']), freeze });
    const options = { epochs: 1, seed: 3, learningRate: 0.1 };
    const { model } = await collectTraining(train(start, { training: images }, options));
    const features = await pooledFeatures(model, await trunkActivations(model, images.examples));
    const { classifier } = separateHead(model);
    const answers = await predictProbabilities(classifier, examplesFromArray(features, [12]));
    const expected = await predictProbabilities(model, images.examples);
    expect(relativeDifference(answers, expected)).toBeLessThan(1e-5);
    expect(relativeDifference(await pooledFeatures(model, images.examples), features)).toBeLessThan(1e-5);
  },
);

test('an aborted signal stops it', async () => {
  const freeze = freezeAllButHead();
  const model = graft(await tinyBackbone(), { head: replaceHead(['red', 'green', 'blue']), freeze });
  const stopped = pooledFeatures(model, colouredImages(4).examples, { signal: AbortSignal.abort() });
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
});

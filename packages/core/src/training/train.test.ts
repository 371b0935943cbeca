import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { evaluate } from '../evaluation/evaluate.js';
import { freezeAllButHead, unfreezeFrom } from '../grafting/freeze-plan.js';
import { freezeProof } from '../grafting/freeze-proof.js';
import { graft } from '../grafting/graft.js';
import { replaceHead } from '../grafting/head-plan.js';
import { colouredImages } from '../testing/coloured-images.js';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { useBackend } from '../testing/use-backend.js';
import { collectTraining } from './collect-training.js';
import { train } from './train.js';
import type { TrainingEvent } from './training-event.js';

const labels = ['red', 'green', 'blue'];

beforeAll(() => useBackend('cpu'));

describe('train', () => {
  test('head only, from images', async () => {
    const model = graft(await tinyBackbone(), { head: replaceHead(labels), freeze: freezeAllButHead() });
    const events: TrainingEvent[] = [];
    const result = await collectTraining(
      train(model, { training: colouredImages(120), validation: colouredImages(60, { seed: 2 }) }),
      (event) => events.push(event),
    );
    const report = await evaluate(result.model, colouredImages(100, { seed: 3 }));
    expect(report.accuracy.value).toBeGreaterThan(0.5);
    expect((await freezeProof(model, result.model.network)).equal).toBe(true);
    expect(tf.memory().numTensors).toBe(0);
  });
  test('blocks', async () => {
    const model = graft(await tinyBackbone(), { head: replaceHead(labels), freeze: unfreezeFrom('block-3') });
    const events: TrainingEvent[] = [];
    const result = await collectTraining(
      train(
        model,
        { training: colouredImages(120), validation: colouredImages(60, { seed: 2 }) },
        { epochs: 3, learningRate: 1e-3 },
      ),
      (event) => events.push(event),
    );
    expect((await freezeProof(model, result.model.network)).equal).toBe(true);
    expect(tf.memory().numTensors).toBe(0);
  });
});

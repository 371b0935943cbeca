import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { freezeAllButHead } from '../grafting/freeze-plan.js';
import { graft } from '../grafting/graft.js';
import { replaceHead } from '../grafting/head-plan.js';
import type { Model } from '../grafting/model.js';
import { splitModel } from '../grafting/split-model.js';
import { colouredImages } from '../testing/coloured-images.js';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { useBackend } from '../testing/use-backend.js';
import { examplesFromArray } from '../training/example-source.js';
import { evaluate } from './evaluate.js';
import { predictProbabilities } from './predict-probabilities.js';

const data = colouredImages(23);
let model: Model;

beforeAll(async () => {
  await useBackend('wasm');
  model = graft(await tinyBackbone(), {
    head: replaceHead(['red', 'green', 'blue']),
    freeze: freezeAllButHead(),
  });
});

describe('predictProbabilities', () => {
  test('gives a row of probabilities for each example, in batches of any size', async () => {
    const tensors = tf.memory().numTensors;
    const whole = await predictProbabilities(model, data.examples);
    expect(whole).toHaveLength(69);
    const done: number[] = [];
    const onProgress = (count: number) => done.push(count);
    const inBatches = await predictProbabilities(model, data.examples, { batchSize: 10, onProgress });
    expect(done).toEqual([10, 20, 23]);
    for (const [index, value] of whole.entries()) expect(inBatches[index]).toBeCloseTo(value, 6);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('takes a network as it is, and activations at the cut', async () => {
    const { trunk } = splitModel(model);
    const features = await predictProbabilities(trunk, data.examples);
    const fromCut = await predictProbabilities(model, examplesFromArray(features, [12]));
    expect(fromCut).toHaveLength(69);
  });

  test('stops when told to and frees what it holds', async () => {
    const tensors = tf.memory().numTensors;
    const controller = new AbortController();
    const work = predictProbabilities(model, data.examples, {
      batchSize: 5,
      signal: controller.signal,
      onProgress: (done) => done === 10 && controller.abort(),
    });
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('refuses examples of another shape', async () => {
    await expect(
      predictProbabilities(model, examplesFromArray(new Float32Array(8), [2, 2, 1])),
    ).rejects.toThrow(
      /images of shape \[8, 8, 3\] or activations at the cut .* of shape \[12\]. Received: \[2, 2, 1\]/,
    );
  });
});

describe('evaluate', () => {
  test("reports on labelled examples under the model's label names", async () => {
    const report = await evaluate(model, data, { resamples: 20, seed: 5 });
    expect(report).toMatchObject({ n: 23, classNames: ['red', 'green', 'blue'], resamples: 20, seed: 5 });
    // A head of zeros takes everything for the first class.
    const reds = data.labels.filter((label) => label === 0).length;
    expect(report.accuracy.value).toBeCloseTo(reds / 23, 12);
    expect(report.logLoss.value).toBeCloseTo(Math.log(3), 6);
  });

  test('refuses labels that are no indexes', async () => {
    const labels = data.labels.map(() => 7);
    await expect(evaluate(model, { ...data, labels })).rejects.toMatchObject({ code: 'data-invalid' });
  });
});

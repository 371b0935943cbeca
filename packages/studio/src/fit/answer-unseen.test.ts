import { examplesFromArray, randomGenerator, type TrainingResult } from '@regraft/core';
import { beforeAll, expect, test } from 'vitest';
import { parseRecipe } from '../recipe/parse-recipe.js';
import { pairModel } from '../testing/pair-model.js';
import { useWasm } from '../testing/use-wasm.js';
import { answerUnseen } from './answer-unseen.js';
import type { ImageExamples, SplitFeatures } from './extract-features.js';

beforeAll(useWasm);

const { training } = parseRecipe({
  data: { folder: 'photos' },
  start: { kind: 'backbone', name: 'mobilenet-v2.openimages' },
});
const { signal } = new AbortController();

const trained: TrainingResult = {
  model: pairModel(1),
  history: [],
  best: { phase: 'head', epoch: 1, validation: null },
  head: { solver: 'exact', regularisation: 1, folds: 5, crossValidation: [] },
  seconds: 1,
};

/** Features of two labels, far apart. */
const examples = (count: number): ImageExamples => {
  const { uniform } = randomGenerator(1, 'unseen');
  const labels = Array.from({ length: count }, (_, row) => row % 2);
  const values = labels.flatMap((label) => [label + 0.5 * uniform(), 1 - label + 0.5 * uniform()]);
  return { examples: examplesFromArray(Float32Array.from(values), [2]), labels, images: [] };
};

const split = (validation: number, training = 60): SplitFeatures => ({
  train: [examples(training)],
  validation: examples(validation),
  test: null,
  cache: { hits: 0, misses: 0 },
  unreadable: [],
  close: async () => {},
});

test('every training image is answered by a head that has learned from the others', async () => {
  const found = (await answerUnseen(trained, split(20), { head: 'replace', training, signal }))!;
  expect([...found.labels]).toEqual(split(20).train[0]!.labels);
  const right = found.labels.filter((label, row) => found.probabilities[2 * row + label]! > 0.5);
  expect(right).toHaveLength(60);
});

test.each<[string, Parameters<typeof answerUnseen>]>([
  ['enough validation images', [trained, split(250), { head: 'replace', training, signal }]],
  ['too few of them to calibrate', [trained, split(12), { head: 'replace', training, signal }]],
  ['one image of each label', [trained, split(20, 2), { head: 'replace', training, signal }]],
  ['a head that is kept', [trained, split(20), { head: 'keep', training, signal }]],
  [
    'trained blocks',
    [
      { ...trained, best: { phase: 'tail', epoch: 3, validation: null } },
      split(20),
      { head: 'replace', training, signal },
    ],
  ],
])('none are answered with %s', async (_, given) => {
  expect(await answerUnseen(...given)).toBeNull();
});

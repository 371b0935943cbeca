import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { drawNormal } from '../statistics/draw-normal.js';
import { formulaFeatures } from '../testing/formula-features.js';
import { regraftErrorOf } from '../testing/regraft-error-of.js';
import { useBackend } from '../testing/use-backend.js';
import { examplesFromArray, range } from '../training/example-source.js';
import { randomGenerator } from '../training/random-generator.js';
import { outOfFoldProbabilities } from './out-of-fold-probabilities.js';

beforeAll(() => useBackend('cpu'));

const accuracy = (probabilities: Float32Array, labels: Int32Array, classes: number): number => {
  const right = labels.filter((label, index) => {
    const row = probabilities.subarray(index * classes, (index + 1) * classes);
    return row.indexOf(Math.max(...row)) === label;
  });
  return right.length / labels.length;
};

test('predicts what it has learned, as probabilities, the same every time', async () => {
  const { values, labels } = formulaFeatures(90, 8, 3);
  const examples = examplesFromArray(values, [8]);
  const progress: number[] = [];
  const tensors = tf.memory().numTensors;
  const found = await outOfFoldProbabilities({ examples, labels }, 3, {
    onProgress: (done, total) => progress.push(done / total),
  });
  expect(tf.memory().numTensors).toBe(tensors);
  expect(progress).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
  expect(accuracy(found.probabilities, labels, 3)).toBeGreaterThan(0.6);
  for (let row = 0; row < 90; row++) {
    const total = found.probabilities.subarray(3 * row, 3 * row + 3).reduce((sum, value) => sum + value, 0);
    expect(total).toBeCloseTo(1, 6);
  }
  const again = await outOfFoldProbabilities({ examples, labels }, 3);
  expect(again.probabilities).toEqual(found.probabilities);
});

test('is out of sample: labels drawn at random are not predicted, however many the features', async () => {
  const generator = randomGenerator(9, 'noise');
  const values = Float32Array.from({ length: 120 * 60 }, () => drawNormal(generator));
  const labels = Int32Array.from(range(0, 120), () => generator.below(2));
  const examples = examplesFromArray(values, [60]);
  const { probabilities } = await outOfFoldProbabilities({ examples, labels }, 2, { regularisation: 1 });
  expect(Math.abs(accuracy(probabilities, labels, 2) - 0.5)).toBeLessThan(0.15);
});

test("holds no class's only example out", async () => {
  const { values } = formulaFeatures(11, 4, 2);
  const labels = Int32Array.from(range(0, 11), (index) => (index === 10 ? 2 : index % 2));
  const examples = examplesFromArray(values, [4]);
  const { probabilities, folds } = await outOfFoldProbabilities({ examples, labels }, 3, {
    regularisation: 1,
  });
  expect(folds[10]).toBe(-1);
  expect(probabilities[32]).toBeGreaterThan(0);
});

test('refuses too few examples, other labels, and stops when told to', async () => {
  const examples = examplesFromArray(new Float32Array(8), [4]);
  const run =
    (labels: number[], options = {}) =>
    () =>
      outOfFoldProbabilities({ examples, labels }, 2, options);
  expect((await regraftErrorOf(run([0, 1]))).code).toBe('data-too-small');
  expect((await regraftErrorOf(run([0, 2]))).message).toContain('2 at example 1');
  expect((await regraftErrorOf(run([0]))).code).toBe('data-invalid');
  const signal = AbortSignal.abort();
  expect((await regraftErrorOf(run([0, 0], { signal }))).code).toBe('cancelled');
});

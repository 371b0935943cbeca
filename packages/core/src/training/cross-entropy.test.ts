import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { seededValues } from '../testing/seeded-values.js';
import { useBackend } from '../testing/use-backend.js';
import { crossEntropy, targetRows } from './cross-entropy.js';
import { scoreLogits } from './score-examples.js';

const labels = [0, 2, 1, 2];
const logits = seededValues(12, 2, -3, 3);
const weights = [1, 2, 0.5, 0];

describe.each(['cpu', 'wasm'] as const)('crossEntropy on %s', (backend) => {
  test('is the weighted, smoothed mean, and its gradient (probabilities - targets) * weight / n', async () => {
    await useBackend(backend);
    const targets = targetRows(labels, 3, 0.1);
    expect([...targets.subarray(0, 3)]).toEqual([
      Math.fround(0.9 + 0.1 / 3),
      ...new Array(2).fill(Math.fround(0.1 / 3)),
    ]);
    const weighted = targets.map((target, index) => target * weights[Math.floor(index / 3)]!);
    const { value, grad } = tf.valueAndGrad((values: tf.Tensor) =>
      crossEntropy(values as tf.Tensor2D, tf.tensor2d(weighted, [4, 3])),
    )(tf.tensor2d(logits, [4, 3]));
    let expected = 0;
    const gradient = grad.dataSync();
    for (const [row, weight] of weights.entries()) {
      const values = [...logits.subarray(row * 3, row * 3 + 3)];
      const total = values.reduce((sum, logit) => sum + Math.exp(logit), 0);
      for (const [k, logit] of values.entries()) {
        const [probability, target] = [Math.exp(logit) / total, targets[row * 3 + k]!];
        expected -= (weight * target * Math.log(probability)) / 4;
        expect(gradient[row * 3 + k]).toBeCloseTo((weight * (probability - target)) / 4, 5);
      }
    }
    expect(value.dataSync()[0]).toBeCloseTo(expected, 5);
  });
});

test('scoreLogits survives logits that overflow', () => {
  const { loss, hits } = scoreLogits(Float32Array.of(1e30, -1e30, 0, 1000, 1000, 999), [0, 1], 3);
  expect(hits).toBe(1);
  expect(loss).toBeCloseTo(Math.log(2 + Math.exp(-1)), 6);
});

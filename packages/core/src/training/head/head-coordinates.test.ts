import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { seededValues } from '../../testing/seeded-values.js';
import { useBackend } from '../../testing/use-backend.js';
import { examplesFromArray, range } from '../example-source.js';
import { columnStatistics, standardise } from './column-statistics.js';
import { createFeatureMatrix } from './feature-matrix.js';
import { headCoordinates } from './head-coordinates.js';
import { leadingAxes } from './leading-axes.js';

await useBackend('cpu');
const [rows, features, classes] = [30, 9, 2];
const raw = seededValues(rows * features, 1).map((value, index) => value * (1 + (index % features)) + 3);
const statistics = columnStatistics(features);
statistics.add(raw.subarray(0, 10 * features));
statistics.add(raw.subarray(10 * features));
const found = statistics.finish();

describe('columnStatistics', () => {
  test('are the mean and population deviation of the columns, whatever the chunks', () => {
    for (let column = 0; column < features; column++) {
      const values = range(0, rows).map((row) => raw[row * features + column]!);
      const mean = values.reduce((a, b) => a + b) / rows;
      expect(found.mean[column]).toBeCloseTo(mean, 10);
      const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / rows;
      expect(found.deviation[column]).toBeCloseTo(Math.sqrt(variance), 6);
    }
  });

  test("don't blow up a feature that hardly varies, nor divide by zero", () => {
    const nearly = columnStatistics(2);
    nearly.add(Float32Array.of(0, 5, 2, 5, 0, 5, 2, 5 + 1e-5));
    expect(nearly.finish().deviation[1]).toBeCloseTo(0.01 * Math.sqrt(0.5), 6);
    const constant = columnStatistics(2);
    constant.add(Float32Array.of(3, 5, 3, 5));
    expect([...constant.finish().deviation]).toEqual([1, 1]);
  });
});

describe('leadingAxes', () => {
  test('are orthonormal and find the directions of largest variance', async () => {
    // Variance 9 along (1, 1, 0, ...) / sqrt(2), 1 along (0, 0, 1, 0, ...), nearly none elsewhere.
    const values = seededValues(400 * 5, 2, -0.01, 0.01);
    const strong = seededValues(400, 3, -Math.sqrt(27), Math.sqrt(27));
    const weak = seededValues(400, 4, -Math.sqrt(3), Math.sqrt(3));
    for (let row = 0; row < 400; row++) {
      values[row * 5]! += strong[row]! / Math.SQRT2;
      values[row * 5 + 1]! += strong[row]! / Math.SQRT2;
      values[row * 5 + 2]! += weak[row]!;
    }
    const { axes, variances } = await leadingAxes(tf.tensor2d(values, [400, 5]), 2);
    expect(Math.abs(axes[0]! + axes[1]!) / Math.SQRT2).toBeCloseTo(1, 2);
    expect(Math.abs(axes[7]!)).toBeCloseTo(1, 2);
    const dot = range(0, 5).reduce((total, index) => total + axes[index]! * axes[5 + index]!, 0);
    expect(dot).toBeCloseTo(0, 5);
    expect(variances[0]).toBeGreaterThan(8);
    expect(variances[1]).toBeCloseTo(1, 0);
  });
});

describe.each([false, true])('headCoordinates (axes: %s)', (withAxes) => {
  test('describe the function of the raw weights, with the squared norm of the standardised ones', async () => {
    const standardised = standardise(raw.slice(), found);
    const axes = withAxes ? await leadingAxes(tf.tensor2d(standardised, [rows, features]), 3) : null;
    const { columns, toVector, toWeights } = headCoordinates(found, axes, classes);
    const weights = { kernel: seededValues(features * classes, 5), bias: seededValues(classes, 6) };
    const vector = toVector(weights);
    const back = toWeights(vector);
    for (const [index, value] of weights.kernel.entries()) expect(back.kernel[index]).toBeCloseTo(value, 5);
    for (const [index, value] of weights.bias.entries()) expect(back.bias[index]).toBeCloseTo(value, 4);

    const source = examplesFromArray(raw, [features]);
    const matrix = await createFeatureMatrix(source, range(0, rows), found, axes);
    await matrix.forEachChunk(async (chunk) => {
      const values = await chunk.data();
      for (let row = 0; row < rows; row++) {
        for (let k = 0; k < classes; k++) {
          const onRaw = range(0, features).reduce(
            (total, j) => total + raw[row * features + j]! * weights.kernel[j * classes + k]!,
            weights.bias[k]!,
          );
          const onColumns = range(0, columns).reduce(
            (total, j) => total + values[row * columns + j]! * vector[k * columns + j]!,
            vector[classes * columns + k]!,
          );
          expect(onColumns).toBeCloseTo(onRaw, 3);
        }
      }
    });
    const norm = vector.subarray(0, classes * columns).reduce((total, value) => total + value ** 2, 0);
    const expected = weights.kernel.reduce(
      (total, value, index) => total + (value * found.deviation[Math.floor(index / classes)]!) ** 2,
      0,
    );
    expect(norm).toBeCloseTo(expected, 3);
  });
});

import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { seededValues } from '../../testing/seeded-values.js';
import { useBackend } from '../../testing/use-backend.js';
import { examplesFromArray, range } from '../example-source.js';
import { columnStatistics } from './column-statistics.js';
import { evaluateHeads, type HeadProblem } from './evaluate-heads.js';
import { createFeatureMatrix, type MatrixLimits } from './feature-matrix.js';
import { leadingAxes } from './leading-axes.js';

const [rows, features, classes] = [23, 7, 3];

const createProblem = async (limits?: MatrixLimits, withAxes = false): Promise<HeadProblem> => {
  const values = seededValues(rows * features, 4);
  const statistics = columnStatistics(features);
  statistics.add(values);
  const axes = withAxes ? await leadingAxes(tf.tensor2d(values, [rows, features]), 2) : null;
  const columns = features + (axes?.count ?? 0);
  const source = examplesFromArray(values, [features]);
  return {
    matrix: await createFeatureMatrix(source, range(0, rows), statistics.finish(), axes, limits),
    classes,
    labels: Int32Array.from(range(0, rows), (row) => (row * row) % classes),
    weights: Float64Array.from(range(0, rows), (row) => 0.5 + (row % 4)),
    folds: Int32Array.from(range(0, rows), (row) => (row % 5) - 1),
    labelSmoothing: 0.1,
    anchor: seededValues(classes * (columns + 1), 5),
  };
};

const point = (problem: HeadProblem, seed: number) => seededValues(problem.anchor.length, seed);

describe.each(['cpu', 'wasm'] as const)('evaluateHeads on %s', (backend) => {
  test('its gradient is that of its loss', async () => {
    await useBackend(backend);
    const problem = await createProblem();
    const head = { fold: 2, regularisation: 0.7, point: point(problem, 6) };
    const { gradient } = (await evaluateHeads(problem, [head]))[0]!;
    const lossAt = async (index: number, move: number): Promise<number> => {
      const moved = head.point.slice();
      moved[index]! += move;
      return (await evaluateHeads(problem, [{ ...head, point: moved }]))[0]!.loss;
    };
    for (const index of range(0, gradient.length)) {
      const numeric = ((await lossAt(index, 1e-2)) - (await lossAt(index, -1e-2))) / 2e-2;
      expect(gradient[index]).toBeCloseTo(numeric, 3);
    }
    problem.matrix.dispose();
  });

  test('heads together are what they are alone', async () => {
    await useBackend(backend);
    const problem = await createProblem();
    const heads = [0, 1, 2, -2].map((fold, index) => ({
      fold,
      regularisation: 10 ** index,
      point: point(problem, index),
    }));
    const together = await evaluateHeads(problem, heads);
    for (const [index, head] of heads.entries()) {
      const [alone] = await evaluateHeads(problem, [head]);
      expect(together[index]!.loss).toBeCloseTo(alone!.loss, 5);
      expect(together[index]!.heldOut.hits).toBe(alone!.heldOut.hits);
      expect(together[index]!.heldOut.loss).toBeCloseTo(alone!.heldOut.loss, 4);
      for (const [at, value] of alone!.gradient.entries()) {
        expect(together[index]!.gradient[at]).toBeCloseTo(value, 5);
      }
    }
    expect(together.map(({ heldOut }) => heldOut.count)).toEqual([5, 5, 4, 0]);
    problem.matrix.dispose();
  });

  test('a matrix in chunks, resident or read anew, is the same matrix; nothing is left behind', async () => {
    await useBackend(backend);
    const tensors = tf.memory().numTensors;
    const evaluations = [];
    for (const limits of [undefined, { chunk: 40, resident: 1000 }, { chunk: 40, resident: 0 }]) {
      const problem = await createProblem(limits);
      evaluations.push(
        (await evaluateHeads(problem, [{ fold: 0, regularisation: 1, point: point(problem, 8) }]))[0]!,
      );
      problem.matrix.dispose();
    }
    expect(tf.memory().numTensors).toBe(tensors);
    const [whole, ...chunked] = evaluations;
    for (const { loss, gradient } of chunked) {
      expect(loss).toBeCloseTo(whole!.loss, 6);
      for (const [at, value] of whole!.gradient.entries()) expect(gradient[at]).toBeCloseTo(value, 6);
    }
  });
});

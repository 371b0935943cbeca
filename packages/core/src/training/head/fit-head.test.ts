import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { seededValues } from '../../testing/seeded-values.js';
import { useBackend } from '../../testing/use-backend.js';
import { classWeights } from '../class-weights.js';
import { examplesFromArray, joinExamples, range } from '../example-source.js';
import { randomGenerator } from '../random-generator.js';
import type { HeldOutScore } from './evaluate-heads.js';
import { fitHead, type HeadFitOptions, type HeadProgress } from './fit-head.js';
import type { HeadWeights } from './head-coordinates.js';
import type { HeadData } from './head-data.js';

interface ReferenceFit {
  readonly rows: number;
  readonly features: number;
  readonly regularisation: number;
  readonly classWeights: 'balanced' | 'none';
  readonly kernel: number[];
  readonly bias: number[];
  readonly probabilities: number[];
}

const classes = 3;
const { fits } = JSON.parse(
  readFileSync(new URL('../../../scripts/head-reference.json', import.meta.url), 'utf8'),
) as { fits: ReferenceFit[] };

/** The formula of head-reference.py. */
const referenceData = (rows: number, features: number, weights: 'balanced' | 'none' = 'none') => {
  const labels = Int32Array.from(range(0, rows), (row) => ((row * 7) % 10) % classes);
  const values = new Float32Array(rows * features);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < features; column++) {
      const noise = ((row * 37 + column * 71 + row * column * 13) % 101) / 101 - 0.5;
      const signal = (labels[row]! + column) % classes === 0 ? 0.25 : 0;
      values[row * features + column] = (noise + signal) * (1 + (column % 4)) + (column % 3);
    }
  }
  return {
    features: examplesFromArray(values, [features]),
    values,
    labels,
    classes,
    classWeights: classWeights(labels, classes, weights),
  };
};

const zeros = (features: number): HeadWeights => ({
  kernel: new Float32Array(features * classes),
  bias: new Float32Array(classes),
});

const defaults: HeadFitOptions = { regularisation: 'auto', labelSmoothing: 0, seed: 0, scores: [] };

const fit = async (data: HeadData, options: Partial<HeadFitOptions> = {}, start?: HeadWeights) => {
  const work = fitHead(data, start ?? zeros(data.features.shape[0]!), { ...defaults, ...options });
  const progress: HeadProgress[] = [];
  let next = await work.next();
  for (; next.done !== true; next = await work.next()) progress.push(next.value);
  return { ...next.value, progress };
};

const probabilitiesOf = (row: Float32Array, { kernel, bias }: HeadWeights): number[] => {
  const logits = [...bias].map((value, k) =>
    row.reduce((total, feature, j) => total + feature * kernel[j * classes + k]!, value),
  );
  const exponentials = logits.map(Math.exp);
  const total = exponentials.reduce((a, b) => a + b);
  return exponentials.map((value) => value / total);
};

describe.each(['cpu', 'wasm'] as const)('fitHead on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  test.each(fits)(
    "finds scikit-learn's optimum: $rows x $features, strength $regularisation, $classWeights",
    async ({ rows, features, regularisation, classWeights: weights, kernel, bias, probabilities }) => {
      const data = referenceData(rows, features, weights);
      const found = await fit(data, { regularisation });
      const largest = Math.max(...kernel.map(Math.abs));
      for (const [index, value] of kernel.entries()) {
        expect(Math.abs(found.weights.kernel[index]! - value)).toBeLessThan(2e-3 * largest);
      }
      for (const [k, value] of bias.entries()) {
        expect(Math.abs(found.weights.bias[k]! - value)).toBeLessThan(0.01 * Math.max(...bias.map(Math.abs)));
      }
      for (let row = 0; row < 10; row++) {
        const own = probabilitiesOf(
          data.values.subarray(row * features, (row + 1) * features),
          found.weights,
        );
        for (const [k, value] of own.entries())
          expect(value).toBeCloseTo(probabilities[row * classes + k]!, 3);
      }
      expect(found.summary).toEqual({ solver: 'exact', regularisation, folds: 0, crossValidation: [] });
    },
  );

  test('chooses weak regularisation for clear classes and strong for noise, the same each time', async () => {
    const size = 90;
    const labels = Int32Array.from(range(0, size), (row) => row % classes);
    const noise = seededValues(size * 10, 3);
    const clear = noise.map(
      (value, index) => value + (index % 10 === labels[Math.floor(index / 10)] ? 2 : 0),
    );
    const choose = async (values: Float32Array) => {
      const data = {
        features: examplesFromArray(values, [10]),
        labels,
        classes,
        classWeights: new Float64Array(3).fill(1),
      };
      return fit(data);
    };
    const tensors = tf.memory().numTensors;
    const [ofClear, again, ofNoise] = [await choose(clear), await choose(clear), await choose(noise)];
    expect(tf.memory().numTensors).toBe(tensors);
    expect(ofClear.summary.folds).toBe(5);
    expect(ofClear.summary.regularisation!).toBeLessThan(ofNoise.summary.regularisation! / 10);
    expect(Math.max(...ofClear.summary.crossValidation.map(({ accuracy }) => accuracy))).toBeGreaterThan(
      0.95,
    );
    expect(again.weights).toEqual(ofClear.weights);
    expect(again.summary).toEqual(ofClear.summary);
    for (const { progress, summary } of [ofClear, ofNoise]) {
      const totals = progress.map(({ total }) => total);
      expect(totals[0]).toBe(26);
      expect(totals).toEqual([...totals].sort((a, b) => a - b));
      expect(progress.at(-1)).toMatchObject({ done: totals.at(-1)! - 1 });
      expect(5 * summary.crossValidation.length).toBe(totals.at(-1)! - 1);
    }
  });
});

describe('fitHead', () => {
  beforeAll(() => useBackend('wasm'));

  test('looks for the strength until the best one has a weaker and a stronger one beside it', async () => {
    const size = 120;
    const labels = Int32Array.from(range(0, size), (row) => row % classes);
    const noise = seededValues(size * 30, 4);
    for (const values of [noise, noise.map((value, index) => value + 9 * labels[Math.floor(index / 30)]!)]) {
      const { summary } = await fit({
        features: examplesFromArray(values, [30]),
        labels,
        classes,
        classWeights: new Float64Array(3).fill(1),
      });
      const strengths = summary.crossValidation.map(({ regularisation }) => regularisation);
      const place = strengths.indexOf(summary.regularisation!);
      expect(strengths).toEqual([...strengths].sort((a, b) => a - b));
      const [weakest, strongest] = [30e-3, 30e3];
      expect(place > 0 || strengths[0]! < weakest).toBe(true);
      expect(place < strengths.length - 1 || strengths.at(-1)! > strongest).toBe(true);
    }
  });

  test('goes on from the scores of an interrupted choice to the same weights', async () => {
    const data = referenceData(60, 5);
    const whole = await fit(data);
    const prefixes = new Map(whole.progress.map(({ scores }) => [scores.length, scores]));
    expect(prefixes.size).toBeGreaterThan(2);
    for (const scores of prefixes.values()) {
      const resumed = await fit(data, { scores: JSON.parse(JSON.stringify(scores)) as HeldOutScore[] });
      expect(resumed.weights).toEqual(whole.weights);
      expect(resumed.summary).toEqual(whole.summary);
    }
  });

  test('strong regularisation keeps a kept head as it was, weak lets it go', async () => {
    const data = referenceData(60, 5);
    const start = { kernel: seededValues(15, 8), bias: seededValues(3, 9) };
    const kept = await fit(data, { regularisation: 1e7 }, start);
    for (const [index, value] of start.kernel.entries())
      expect(kept.weights.kernel[index]).toBeCloseTo(value, 3);
    const [free, fresh] = [
      await fit(data, { regularisation: 1e-3 }, start),
      await fit(data, { regularisation: 1e-3 }),
    ];
    const row = data.values.subarray(0, 5);
    const [a, b] = [probabilitiesOf(row, free.weights), probabilitiesOf(row, fresh.weights)];
    for (const [k, value] of a.entries()) expect(value).toBeCloseTo(b[k]!, 2);
  });

  test('the same examples in two views are no more evidence than in one', async () => {
    const data = referenceData(60, 5);
    const one = await fit(data, { regularisation: 1 });
    const two = await fit(
      { ...data, features: joinExamples([data.features, data.features]) },
      { regularisation: 1 },
    );
    for (const [index, value] of one.weights.kernel.entries()) {
      expect(two.weights.kernel[index]).toBeCloseTo(value, 3);
    }
    const chosen = await fit({ ...data, features: joinExamples([data.features, data.features]) });
    expect(chosen.summary.regularisation).toBe((await fit(data)).summary.regularisation);
  });

  test('label smoothing draws probabilities towards equal ones', async () => {
    const data = referenceData(60, 5);
    const largest = async (labelSmoothing: number) => {
      const { weights } = await fit(data, { regularisation: 0.1, labelSmoothing });
      return Math.max(...probabilitiesOf(data.values.subarray(0, 5), weights));
    };
    expect(await largest(0.5)).toBeLessThan((await largest(0)) - 0.1);
  });

  test('one example of each class is enough for a head, not for a choice', async () => {
    const values = Float32Array.of(0, 1, 1, 0, 5, 5);
    const labels = Int32Array.of(0, 1, 2);
    const data = {
      features: examplesFromArray(values, [2]),
      labels,
      classes,
      classWeights: new Float64Array(3).fill(1),
    };
    const { summary, weights } = await fit(data);
    expect(summary).toMatchObject({ regularisation: 0.2, folds: 0, crossValidation: [] });
    const predicted = range(0, 3).map((row) => {
      const probabilities = probabilitiesOf(values.subarray(2 * row, 2 * row + 2), weights);
      return probabilities.indexOf(Math.max(...probabilities));
    });
    expect(predicted).toEqual([0, 1, 2]);
  });

  test('features that never vary and classes without examples do no harm', async () => {
    const data = referenceData(60, 5);
    const values = data.values.map((value, index) => (index % 5 < 2 ? 7 : value));
    const { weights } = await fit({
      ...data,
      labels: data.labels.map((label) => label % 2),
      features: examplesFromArray(values, [5]),
    });
    expect([...weights.kernel, ...weights.bias].every(Number.isFinite)).toBe(true);
    expect([...weights.kernel.subarray(0, 6)]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(probabilitiesOf(values.subarray(0, 5), weights)[2]).toBeLessThan(0.01);
  });

  test('refuses features that are no numbers', async () => {
    const data = referenceData(60, 5);
    data.values[17] = Number.NaN;
    await expect(fit(data)).rejects.toMatchObject({ code: 'data-invalid' });
  });

  test('many more features than examples, in directions of very different variance', async () => {
    const [size, features] = [120, 600];
    const generator = randomGenerator(5, 'wide');
    const labels = Int32Array.from(range(0, size), (row) => row % classes);
    const mixing = seededValues(features * 20, 6);
    const values = new Float32Array(size * features);
    for (let row = 0; row < size; row++) {
      const hidden = range(0, 20).map((index) => (generator.uniform() - 0.5) * 8 * 0.8 ** index);
      hidden[12]! += labels[row]!;
      for (let j = 0; j < features; j++) {
        const mixed = hidden.reduce((total, value, index) => total + value * mixing[j * 20 + index]!, 0);
        values[row * features + j] = mixed + 0.2 * generator.uniform();
      }
    }
    const data = {
      features: examplesFromArray(values, [features]),
      labels,
      classes,
      classWeights: new Float64Array(3).fill(1),
    };
    const { summary, progress } = await fit(data);
    const best = Math.min(...summary.crossValidation.map(({ loss }) => loss));
    expect(best).toBeLessThan(0.7);
    expect(progress.length).toBeLessThan(200);
  });
});

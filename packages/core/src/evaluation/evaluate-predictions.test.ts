import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { randomGenerator } from '../training/random-generator.js';
import { evaluatePredictions } from './evaluate-predictions.js';
import { evaluationReportSchema } from './evaluation-report.js';

const reference = JSON.parse(
  readFileSync(new URL('../../scripts/evaluation-reference.json', import.meta.url), 'utf8'),
) as {
  labels: number[];
  probabilities: number[];
  confusion: number[][];
  support: number[];
} & Record<'accuracy' | 'balancedAccuracy' | 'logLoss' | 'calibrationError', number> &
  Record<'precision' | 'recall' | 'f1' | 'accuracyInterval' | 'logLossInterval', number[]>;

const evaluateReference = (resamples: number, seed = 0) =>
  evaluatePredictions({
    probabilities: Float32Array.from(reference.probabilities),
    labels: reference.labels,
    classNames: ['a', 'b', 'c', 'd'],
    resamples,
    seed,
  });

/** Certain predictions of two classes: `hits` right and `misses` wrong ones, alternating between the classes. */
const certain = (hits: number, misses: number, confidence = 1) => {
  const labels = Array.from({ length: hits + misses }, (_, index) => index % 2);
  const probabilities = Float32Array.from(
    labels.flatMap((label, index) => {
      const predicted = index < hits ? label : 1 - label;
      return predicted === 0 ? [confidence, 1 - confidence] : [1 - confidence, confidence];
    }),
  );
  return { probabilities, labels, classNames: ['ants', 'bees'] };
};

describe('evaluatePredictions', () => {
  test('agrees with scikit-learn and NumPy on every metric', () => {
    const report = evaluateReference(1000);
    expect(report.n).toBe(160);
    for (const metric of ['accuracy', 'balancedAccuracy', 'calibrationError'] as const) {
      expect(report[metric].value).toBeCloseTo(reference[metric], 9);
    }
    expect(report.logLoss.value).toBeCloseTo(reference.logLoss, 6);
    expect(report.confusion).toEqual(reference.confusion);
    for (const [index, { precision, recall, f1, support }] of report.classes.entries()) {
      expect(support).toBe(reference.support[index]);
      expect(precision.value).toBeCloseTo(reference.precision[index]!, 9);
      expect(recall.value).toBeCloseTo(reference.recall[index]!, 9);
      expect(f1.value).toBeCloseTo(reference.f1[index]!, 9);
    }
    expect(evaluationReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  test("gives NumPy's percentile intervals", () => {
    const { accuracy, logLoss } = evaluateReference(10_000);
    expect(accuracy.method).toBe('bootstrap');
    expect(accuracy.low).toBeCloseTo(reference.accuracyInterval[0]!, 1.9);
    expect(accuracy.high).toBeCloseTo(reference.accuracyInterval[1]!, 1.9);
    expect(Math.abs(logLoss.low! - reference.logLossInterval[0]!)).toBeLessThan(0.02);
    expect(Math.abs(logLoss.high! - reference.logLossInterval[1]!)).toBeLessThan(0.02);
  });

  test('never takes a few perfect answers for certainty', () => {
    const report = evaluatePredictions(certain(20, 0, 0.9));
    expect(report.accuracy).toEqual({
      value: 1,
      low: expect.closeTo(0.8388748),
      high: 1,
      n: 20,
      method: 'score',
    });
    for (const metric of [
      report.balancedAccuracy,
      report.calibrationError,
      ...report.classes.flatMap(({ precision, recall, f1 }) => [precision, recall, f1]),
    ]) {
      expect(metric.high! - metric.low!).toBeGreaterThan(0.1);
      expect(metric.value).toBeGreaterThanOrEqual(metric.low!);
      expect(metric.value).toBeLessThanOrEqual(metric.high!);
    }
  });

  test('handles one example and a certain mistake', () => {
    const report = evaluatePredictions(certain(0, 1));
    expect(report.accuracy).toEqual({
      value: 0,
      low: 0,
      high: expect.closeTo(0.7934567),
      n: 1,
      method: 'score',
    });
    expect(report.logLoss).toMatchObject({ low: null, high: null, method: 'none' });
    expect(report.logLoss.value).toBeCloseTo(15.94, 2);
    expect(report.classes[1]!.recall).toEqual({ value: null, low: null, high: null, n: 0, method: 'none' });
    expect(report.worstPairs).toEqual([{ actual: 'ants', predicted: 'bees', count: 1, share: 1 }]);
  });

  test('orders confusions by how often they happen', () => {
    const { worstPairs, confusion } = evaluateReference(10);
    const counts = worstPairs.map(({ count }) => count);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    const [a, p] = [worstPairs[0]!.actual, worstPairs[0]!.predicted].map((name) => 'abcd'.indexOf(name));
    expect(confusion[a!]![p!]).toBe(counts[0]);
  });

  test('is repeatable, and another seed gives another interval', () => {
    const intervals = [0, 0, 1].map((seed) => evaluateReference(50, seed).logLoss.low);
    expect(intervals[0]).toBe(intervals[1]);
    expect(intervals[0]).not.toBe(intervals[2]);
  });

  test.each([
    ['labels out of range', { labels: [0, 2] }, /class index from 0 to 1.*2 at example 1/],
    ['a wrong number of probabilities', { labels: [0] }, /1 examples of 2 classes have 2 prob.*4/],
    ['no example', { labels: [], probabilities: new Float32Array() }, /at least one/],
    ['logits', { probabilities: Float32Array.of(3, 1, 0, 1) }, /add up to 1.*4 at example 0/],
    ['NaN', { probabilities: Float32Array.of(Number.NaN, 1, 0, 1) }, /add up to 1.*NaN at example 0/],
  ])('refuses %s', (_, change, message) => {
    expect(() => evaluatePredictions({ ...certain(2, 0), ...change })).toThrow(message);
  });
});

describe('the intervals', () => {
  /** Examples of two classes whose predictions are right with a given chance, and surer of it than they should be. */
  const simulate = (round: number, n: number, chance: number, excess = 0) => {
    const generator = randomGenerator(round, 'coverage', n);
    const labels: number[] = [];
    const probabilities: number[] = [];
    for (let index = 0; index < n; index++) {
      const label = generator.below(2);
      const confidence = chance + (generator.uniform() - 0.5) * 0.1;
      const predicted = generator.uniform() < confidence ? label : 1 - label;
      const claimed = confidence + excess;
      labels.push(label);
      probabilities.push(predicted === 0 ? claimed : 1 - claimed, predicted === 0 ? 1 - claimed : claimed);
    }
    return {
      labels,
      probabilities: Float32Array.from(probabilities),
      classNames: ['a', 'b'],
      resamples: 300,
    };
  };

  test.each([
    [40, 0.95],
    [100, 0.8],
    [200, 0.92],
  ])('cover the truth about 19 times in 20 (n = %i, accuracy %f)', (n, chance) => {
    const rounds = 300;
    let accuracy = 0;
    let balanced = 0;
    let f1 = 0;
    for (let round = 0; round < rounds; round++) {
      const report = evaluatePredictions(simulate(round, n, chance));
      const covers = ({ low, high }: { low: number | null; high: number | null }) =>
        low! <= chance && chance <= high!;
      if (covers(report.accuracy)) accuracy++;
      if (covers(report.balancedAccuracy)) balanced++;
      if (covers(report.classes[0]!.f1)) f1++;
    }
    for (const covered of [accuracy, balanced, f1]) {
      expect(covered / rounds).toBeGreaterThan(0.92);
      expect(covered / rounds).toBeLessThan(0.995);
    }
  });

  test.each([
    [30, 0.75, 0.1],
    [100, 0.75, 0.1],
    [300, 0.7, 0.2],
  ])('cover the calibration error (n = %i, accuracy %f, over-confident by %f)', (n, chance, excess) => {
    const rounds = 300;
    let covered = 0;
    for (let round = 0; round < rounds; round++) {
      const { low, high } = evaluatePredictions(simulate(round, n, chance, excess)).calibrationError;
      if (low! <= excess && excess <= high!) covered++;
    }
    expect(covered / rounds).toBeGreaterThan(0.92);
  });
});

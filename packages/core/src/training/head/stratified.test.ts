import { describe, expect, test } from 'vitest';
import { stratifiedFolds, stratifiedSample } from './stratified.js';

const labels = Array.from({ length: 103 }, (_, index) =>
  index === 50 ? 3 : index % 7 === 0 ? 2 : index % 2,
);

describe('stratifiedFolds', () => {
  const folds = stratifiedFolds(labels, 4, 5, 1);

  test('are alike in size and in every class', () => {
    const counts = (wanted: (label: number) => boolean) =>
      [0, 1, 2, 3, 4].map(
        (fold) => labels.filter((label, index) => folds[index] === fold && wanted(label)).length,
      );
    for (const wanted of [() => true, ...[0, 1, 2].map((k) => (label: number) => label === k)]) {
      const sizes = counts(wanted);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }
  });

  test("never hold out a class's only example", () => {
    expect(folds[50]).toBe(-1);
    expect(folds.filter((fold) => fold === -1)).toHaveLength(1);
  });

  test('depend on the seed alone', () => {
    expect([...stratifiedFolds(labels, 4, 5, 1)]).toEqual([...folds]);
    expect([...stratifiedFolds(labels, 4, 5, 2)]).not.toEqual([...folds]);
  });
});

describe('stratifiedSample', () => {
  test('keeps proportions, and two of a rare class', () => {
    const sample = stratifiedSample(labels, 4, 20, 1);
    const counts = [0, 1, 2, 3].map((label) => sample.filter((index) => labels[index] === label).length);
    expect(counts[3]).toBe(1);
    expect(counts[2]).toBe(3);
    expect(Math.abs(sample.length - 20)).toBeLessThanOrEqual(2);
    expect(sample).toEqual([...new Set(sample)].sort((a, b) => a - b));
  });

  test('is everything where everything fits', () => {
    expect(stratifiedSample(labels, 4, 200, 1)).toEqual(labels.map((_, index) => index));
  });
});

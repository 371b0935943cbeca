import { expect, test } from 'vitest';
import { regraftErrorOf } from '../testing/regraft-error-of.js';
import { statisticsReference } from '../testing/statistics-reference.js';
import { range } from '../training/example-source.js';
import { randomGenerator } from '../training/random-generator.js';
import { applyTemperature, fitTemperature, temperatureFitSchema } from './temperature.js';

const softmax = (row: readonly number[]): number[] => {
  const exponentials = row.map(Math.exp);
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials.map((value) => value / total);
};

test.each(statisticsReference.temperature)(
  "finds SciPy's minimum for logits $scale times as sure as they ought to be",
  ({ scale, temperature, before, after }) => {
    const rows = range(0, 200).map((row) =>
      range(0, 4).map((column) => scale * (((row * 37 + column * 71 + row * column * 13) % 101) / 50.5 - 1)),
    );
    const labels = rows.map((row, index) =>
      index % 3 === 0 ? (3 * index) % 4 : row.indexOf(Math.max(...row)),
    );
    const found = fitTemperature(Float32Array.from(rows.flatMap(softmax)), labels, 4);
    expect(found.temperature).toBeCloseTo(temperature, 5);
    expect(found.logLoss.before).toBeCloseTo(before, 5);
    expect(found.logLoss.after).toBeCloseTo(after, 5);
    expect(found).toMatchObject({ atBound: false, n: 200 });
    expect(temperatureFitSchema.parse(found)).toEqual(found);
  },
);

test('repairs a model that is three times too sure', () => {
  const generator = randomGenerator(1, 'calibration');
  const rows = range(0, 2000).map(() => range(0, 5).map(() => 4 * generator.uniform()));
  const labels = rows.map((row) => {
    let draw = generator.uniform();
    return softmax(row).findIndex((probability) => {
      draw -= probability;
      return draw < 0;
    });
  });
  const boastful = Float32Array.from(rows.flatMap((row) => softmax(row.map((logit) => 3 * logit))));
  const { temperature, calibrationError, logLoss } = fitTemperature(boastful, labels, 5);
  expect(Math.abs(temperature - 3)).toBeLessThan(0.3);
  expect(calibrationError.before).toBeGreaterThan(0.2);
  expect(calibrationError.after).toBeLessThan(0.04);
  expect(logLoss.after).toBeLessThan(logLoss.before);
});

/** What is found where all `n` answers are right and given such a probability. */
const allRight = (n: number, probability: number) =>
  fitTemperature(
    Float32Array.from(range(0, n).flatMap(() => [probability, 1 - probability])),
    new Int32Array(n),
    2,
  );

test('does not take certainty from answers without mistakes', () => {
  const { temperature, atBound } = allRight(98, 0.9);
  // At (n + 1) / (n + 2) = 0.99: log(9) / log(99).
  expect(temperature).toBeCloseTo(Math.log(9) / Math.log(99), 5);
  expect(atBound).toBe(false);
});

test('keeps the confidence where the gain may be chance', () => {
  expect(allRight(18, 0.9)).toMatchObject({ temperature: 1, n: 18 });
  expect(allRight(18, 0.9).pValue).toBeGreaterThan(0.05);
  const generator = randomGenerator(2, 'honest');
  let changed = 0;
  for (let round = 0; round < 1000; round++) {
    const sure = range(0, 60).map(() => 0.5 + 0.5 * generator.uniform());
    const labels = sure.map((probability) => (generator.uniform() < probability ? 0 : 1));
    const rows = Float32Array.from(sure.flatMap((probability) => [probability, 1 - probability]));
    if (fitTemperature(rows, labels, 2).temperature !== 1) changed++;
  }
  // An honest model is changed about once in twenty times.
  expect(changed / 1000).toBeLessThan(0.08);
});

test('stays within its bounds, and at 1 where nothing tells', () => {
  const wrong = fitTemperature(Float32Array.of(0.01, 0.99, 0.01, 0.99), [0, 0], 2);
  expect(wrong.temperature).toBeCloseTo(20, 6);
  expect(wrong.atBound).toBe(true);
  expect(fitTemperature(Float32Array.of(1, 1), [0, 0], 1)).toMatchObject({ temperature: 1, atBound: false });
  expect(fitTemperature(Float32Array.of(0.5, 0.5, 0.5, 0.5), [0, 1], 2).temperature).toBe(1);
});

test('scales probabilities, zeros included', () => {
  const scaled = applyTemperature(Float32Array.of(0.8, 0.2, 1, 0), 2, 2);
  expect(scaled[0]).toBeCloseTo(2 / 3, 6);
  expect(scaled[2]! + scaled[3]!).toBeCloseTo(1, 6);
  expect(applyTemperature(Float32Array.of(0.25, 0.75), 2, 1)[1]).toBeCloseTo(0.75, 6);
});

test('refuses what is no set of probabilities', async () => {
  expect((await regraftErrorOf(() => fitTemperature(new Float32Array(), [], 2))).code).toBe('data-invalid');
});

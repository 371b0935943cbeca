import { expect, test } from 'vitest';
import { drawNormal } from '../../statistics/draw-normal.js';
import { backboneLikeRows, gaussianRows } from '../../testing/gaussian-rows.js';
import { randomGenerator } from '../../training/random-generator.js';
import { drawRows, type FeatureRows, rowAt } from './feature-rows.js';
import { measureDrift } from './measure-drift.js';
import { twoSampleTests } from './two-sample-tests.js';

/** How often each test's p-value is at most 0.05. */
const alarmRates = async (repeats: number, draw: (repeat: number) => [FeatureRows, FeatureRows]) => {
  const alarms = { discrepancy: 0, classifier: 0, features: 0 };
  for (let repeat = 0; repeat < repeats; repeat++) {
    const tests = await twoSampleTests(...draw(repeat), { permutations: 199, alpha: 0.05, seed: repeat });
    if (tests.discrepancy.pValue <= 0.05) alarms.discrepancy++;
    if (tests.classifier.pValue <= 0.05) alarms.classifier++;
    if (tests.features[0]!.adjustedPValue <= 0.05) alarms.features++;
  }
  const { discrepancy, classifier, features } = alarms;
  return {
    discrepancy: discrepancy / repeats,
    classifier: classifier / repeats,
    features: features / repeats,
  };
};

const halves = (population: FeatureRows, seed: number): [FeatureRows, FeatureRows] => {
  const { columns } = population;
  // One row fewer than all, for a draw of all would leave them in order.
  const { values } = drawRows(
    population,
    population.values.length / columns - 1,
    randomGenerator(seed, 'halves'),
  );
  const middle = Math.floor(values.length / columns / 2) * columns;
  return [
    { values: values.subarray(0, middle), columns },
    { values: values.subarray(middle), columns },
  ];
};

test('random halves of one population raise an alarm as often as alpha says', async () => {
  const population = backboneLikeRows(201, 64, 7);
  const rates = await alarmRates(400, (repeat) => halves(population, repeat));
  expect(Math.abs(rates.discrepancy - 0.05)).toBeLessThanOrEqual(0.02);
  expect(rates.classifier).toBeLessThanOrEqual(0.07);
  expect(rates.features).toBeLessThanOrEqual(0.07);
});

test('unequal samples of one population raise an alarm as often as alpha says', async () => {
  const rates = await alarmRates(1000, (repeat) => [
    backboneLikeRows(80, 16, 10_000 + repeat),
    backboneLikeRows(20, 16, 20_000 + repeat),
  ]);
  expect(Math.abs(rates.discrepancy - 0.05)).toBeLessThanOrEqual(0.02);
  expect(rates.classifier).toBeLessThanOrEqual(0.07);
  expect(rates.features).toBeLessThanOrEqual(0.07);
});

test('a hundred images whose mean moved in a few directions are seen', async () => {
  const rates = await alarmRates(60, (repeat) => [
    backboneLikeRows(300, 64, 30_000 + repeat),
    backboneLikeRows(100, 64, 40_000 + repeat, 0.4),
  ]);
  expect(rates.discrepancy).toBeGreaterThanOrEqual(0.95);
});

test('the shift that is called detectable is detected about four times out of five', async () => {
  const columns = 8;
  const { detectable } = await measureDrift(gaussianRows(80, columns, 1), gaussianRows(40, columns, 2));
  const rates = await alarmRates(150, (repeat) => {
    const generator = randomGenerator(repeat, 'direction');
    const direction = Array.from({ length: columns }, () => drawNormal(generator));
    const length = Math.hypot(...direction);
    const moved = gaussianRows(40, columns, 60_000 + repeat);
    for (let row = 0; row < 40; row++) {
      const { values } = rowAt(moved, row);
      for (const [column, value] of direction.entries())
        values[column]! += (detectable.shift! * value) / length;
    }
    return [gaussianRows(80, columns, 50_000 + repeat), moved];
  });
  expect(rates.discrepancy).toBeGreaterThan(0.7);
  expect(rates.discrepancy).toBeLessThan(0.9);
});

import { expect, test } from 'vitest';
import { adviceReferences } from '../../testing/advice-references.js';
import { regraftErrorOf } from '../../testing/regraft-error-of.js';
import { randomGenerator } from '../../training/random-generator.js';
import { estimateLabelShift, labelShiftSchema } from './label-shift.js';

const { shift } = adviceReferences<{
  shift: { confusion: number[][]; predicted: number[]; estimate: number[]; condition: number };
}>('labels');
const classNames = ['ants', 'bees', 'wasps'];

test('solves for the proportions as NumPy does', async () => {
  const found = await estimateLabelShift({ classNames, ...shift });
  expect(labelShiftSchema.parse(found)).toEqual(found);
  if (found.outcome !== 'estimated') throw new Error(found.reason);
  expect(found.condition).toBeCloseTo(shift.condition, 9);
  for (const [index, { estimate, low, high }] of found.classes.entries()) {
    expect(estimate).toBeCloseTo(shift.estimate[index]!, 9);
    expect(low).toBeLessThan(estimate);
    expect(high).toBeGreaterThan(estimate);
  }
  expect(found.n).toEqual({ validation: 120, sample: 200 });
});

test('has intervals that cover the true proportion about as often as they say', async () => {
  const accuracy = 0.8;
  const truth = 0.3;
  const repeats = 200;
  const draw = (generator: ReturnType<typeof randomGenerator>, share: number, count: number): number[] => {
    const hits = Array.from({ length: count }, () => generator.uniform() < share).filter(Boolean).length;
    return [hits, count - hits];
  };
  let covered = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const generator = randomGenerator(repeat, 'coverage');
    const found = await estimateLabelShift({
      classNames: ['ants', 'bees'],
      confusion: [draw(generator, accuracy, 60), draw(generator, 1 - accuracy, 60)],
      predicted: draw(generator, truth * accuracy + (1 - truth) * (1 - accuracy), 150),
      seed: repeat,
    });
    if (found.outcome !== 'estimated') throw new Error(found.reason);
    const { low, high } = found.classes[0]!;
    if (low <= truth && truth <= high) covered++;
  }
  expect(covered / repeats).toBeGreaterThan(0.9);
});

test('stays with shares where the inverse leaves them', async () => {
  const found = await estimateLabelShift({
    classNames: ['ants', 'bees'],
    confusion: [
      [60, 40],
      [40, 60],
    ],
    predicted: [10, 90],
  });
  expect(found).toMatchObject({ classes: [{ estimate: 0 }, { estimate: 1 }] });
});

test.each([
  [
    'classes that are predicted alike',
    [
      [30, 30],
      [20, 20],
    ],
    'classes-confused',
    null,
  ],
  [
    'classes that are all but alike',
    [
      [505, 495],
      [495, 505],
    ],
    'classes-confused',
    100,
  ],
  [
    'a class without examples',
    [
      [30, 2],
      [0, 0],
    ],
    'no-examples',
    null,
  ],
])('is undetermined for %s', async (_, confusion, reason, condition) => {
  const found = await estimateLabelShift({ classNames: ['ants', 'bees'], confusion, predicted: [5, 9] });
  expect(found).toEqual({
    outcome: 'undetermined',
    reason,
    condition: condition === null ? null : expect.closeTo(condition, 6),
  });
});

test.each([
  [
    'of other classes',
    [3, 4],
    [
      [1, 0],
      [0, 1],
    ],
  ],
  [
    'none at all',
    [0, 0, 0],
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  ],
  [
    'that are not counts',
    [1, 2, 0.5],
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  ],
])('refuses predictions %s', async (_, predicted, confusion) => {
  const error = await regraftErrorOf(() => estimateLabelShift({ classNames, confusion, predicted }));
  expect(error.code).toBe('data-invalid');
});

test('can be cancelled', async () => {
  const run = () => estimateLabelShift({ classNames, ...shift, signal: AbortSignal.abort() });
  expect((await regraftErrorOf(run)).code).toBe('cancelled');
});

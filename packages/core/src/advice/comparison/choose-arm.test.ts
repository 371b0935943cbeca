import { describe, expect, test } from 'vitest';
import { drawNormal } from '../../statistics/draw-normal.js';
import { normalQuantile } from '../../statistics/normal.js';
import { regraftErrorOf } from '../../testing/regraft-error-of.js';
import { range } from '../../training/example-source.js';
import { randomGenerator } from '../../training/random-generator.js';
import { type ArmOutcome, type ArmRule, armChoiceSchema, chooseArm } from './choose-arm.js';

/** Right on the first `hits` of n examples. */
const arm = (name: string, depth: number, hits: number, n = 200, seconds = depth): ArmOutcome => ({
  name,
  depth,
  seconds,
  correct: [range(0, n).map((index) => (index < hits ? 1 : 0))],
});

test('takes the best where nothing cheaper comes close, and says how sure it is of each', () => {
  const choice = chooseArm([arm('head', 0, 150), arm('deep', 1, 180), arm('deepest', 2, 178)]);
  expect(choice).toMatchObject({ chosen: 'deep', best: 'deep', reason: 'best', rule: 'one-standard-error' });
  expect(choice.arms.map(({ name, verdict }) => [name, verdict])).toEqual([
    ['head', 'worse'],
    ['deep', 'chosen'],
    ['deepest', 'no-evidence'],
  ]);
  expect(choice.arms[0]!.difference!.value).toBeCloseTo(-0.15, 14);
  expect(choice.arms[0]!.adjustedP).toBeCloseTo(2 * choice.arms[0]!.difference!.p, 14);
  expect(choice.arms[1]).toMatchObject({ difference: null, adjustedP: null, accuracy: 0.9 });
  expect(armChoiceSchema.parse(choice)).toEqual(choice);
});

test('ties go to the shallower arm, then to the cheaper one, in whatever order they come', () => {
  const arms = [arm('slow', 1, 180, 200, 90), arm('deep', 2, 181), arm('quick', 1, 180, 200, 30)];
  for (const order of [arms, arms.toReversed()]) {
    expect(chooseArm(order)).toMatchObject({ chosen: 'quick', best: 'deep', reason: 'tie' });
  }
  expect(chooseArm([arm('deep', 1, 9, 10), arm('head', 0, 9, 10)]).chosen).toBe('head');
});

test('the margin bounds what a tie may cost; without evidence there is no bound', () => {
  const arms = [arm('head', 0, 33, 40), arm('deep', 1, 36, 40)];
  expect(chooseArm(arms).chosen).toBe('deep');
  expect(chooseArm(arms, { margin: 1 }).chosen).toBe('deep');
  expect(chooseArm(arms, { rule: 'margin', margin: 0.1 }).chosen).toBe('head');
  expect(chooseArm(arms, { rule: 'no-evidence' }).chosen).toBe('head');
});

test('with few examples the lowest loss decides, whatever came out right', async () => {
  const lossy = (name: string, depth: number, hits: number, loss: number): ArmOutcome => ({
    ...arm(name, depth, hits, 6),
    loss: [range(0, 6).map(() => loss)],
  });
  const arms = [lossy('head', 0, 5, 0.6), lossy('deep', 1, 4, 0.4), lossy('deepest', 2, 4, 0.4)];
  const choice = chooseArm(arms, { rule: 'lowest-loss' });
  expect(choice).toMatchObject({ chosen: 'deep', best: 'deep', reason: 'best' });
  expect(choice.arms[0]).toMatchObject({ accuracy: 5 / 6, tiesWithBest: false });
  const error = await regraftErrorOf(() =>
    chooseArm([arms[0]!, arm('bare', 1, 4, 6)], { rule: 'lowest-loss' }),
  );
  expect(error.message).toContain('none of bare');
});

test('the chosen arm can be shown to be worse than the best, and says so', () => {
  const choice = chooseArm([arm('head', 0, 160), arm('deep', 1, 180)], { rule: 'margin', margin: 0.2 });
  expect(choice).toMatchObject({ chosen: 'head', reason: 'tie' });
  expect(choice.arms[1]!.verdict).toBe('better');
});

test('takes several seeds, and one arm alone', () => {
  const seeds = { ...arm('head', 0, 150), correct: [...arm('', 0, 150).correct, ...arm('', 0, 152).correct] };
  const choice = chooseArm([seeds]);
  expect(choice).toMatchObject({ chosen: 'head', reason: 'best' });
  expect(choice.arms[0]!.accuracy).toBeCloseTo(0.755, 14);
});

test('refuses no arms, a name given twice, and other examples', async () => {
  expect((await regraftErrorOf(() => chooseArm([]))).message).toContain('none');
  expect((await regraftErrorOf(() => chooseArm([arm('a', 0, 1), arm('a', 1, 2)]))).message).toContain('a, a');
  expect((await regraftErrorOf(() => chooseArm([arm('a', 0, 1, 10), arm('b', 1, 2, 9)]))).code).toBe(
    'data-invalid',
  );
});

describe('over simulated comparisons of four arms', () => {
  const patterns = [
    [0.85, 0.85, 0.85, 0.85],
    [0.85, 0.86, 0.865, 0.865],
    [0.85, 0.88, 0.89, 0.89],
    [0.8, 0.9, 0.92, 0.92],
    [0.92, 0.95, 0.95, 0.94],
    [0.85, 0.84, 0.8, 0.75],
    [0.7, 0.73, 0.77, 0.78],
  ];

  /** Mean points of true accuracy that a rule gives away in each pattern, over three sizes of validation set. */
  const regrets = (rule: ArmRule, margin?: number): number[] =>
    patterns.map((accuracies, pattern) => {
      const generator = randomGenerator(5, 'regret', pattern);
      const bars = accuracies.map(normalQuantile);
      let lost = 0;
      const repeats = 60;
      for (const n of [40, 100, 300]) {
        for (let repeat = 0; repeat < repeats; repeat++) {
          const ease = range(0, n).map(() => Math.sqrt(0.8) * drawNormal(generator));
          const arms = bars.map((bar, depth) => ({
            name: String(depth),
            depth,
            seconds: depth,
            correct: [ease.map((value) => (value + Math.sqrt(0.2) * drawNormal(generator) < bar ? 1 : 0))],
          }));
          const chosen = Number(chooseArm(arms, { rule, margin }).chosen);
          lost += Math.max(...accuracies) - accuracies[chosen]!;
        }
      }
      return (100 * lost) / (3 * repeats);
    });

  const mean = (values: number[]) => values.reduce((total, value) => total + value, 0) / values.length;

  test('the default gives away less than a point on average and three at worst', () => {
    const lost = regrets('one-standard-error');
    expect(mean(lost)).toBeLessThan(0.8);
    expect(Math.max(...lost)).toBeLessThan(2);
  });

  test('waiting for evidence gives away more', () => {
    const lost = regrets('no-evidence');
    expect(mean(lost)).toBeGreaterThan(1.5);
    expect(Math.max(...lost)).toBeGreaterThan(3);
  });
});

import { expect, test } from 'vitest';
import type { ArmOutcome } from './arm-outcome.js';
import { chooseOutcome } from './choose-depth.js';

const metric = { value: 0.5, low: 0.4, high: 0.6, n: 100, method: 'score' as const };

/** An arm that was right for so many of 100 images: the first ones, or with another seed the last ones. */
const arm = (name: string, blocks: number | null, right: number, ...further: number[]): ArmOutcome => {
  const outcomes = (count: number, backwards = false) => {
    const correct = Array.from({ length: 100 }, (_, index) => Number(index < count));
    return { correct: backwards ? correct.reverse() : correct, loss: correct.map((hit) => 1 - hit) };
  };
  return {
    name,
    blocks,
    status: 'finished',
    history: [],
    seconds: 1,
    measured: {
      train: metric,
      validation: metric,
      test: null,
      gap: null,
      outcomes: { validation: outcomes(right), test: null },
    },
    repeats: further.map((count) => outcomes(count, true)),
  };
};

test('a version as it is stands in for any arm that is no better', () => {
  const choice = chooseOutcome([arm('keep', null, 80), arm('head', 0, 80), arm('last-2', 2, 80)]);
  expect(choice).toMatchObject({ chosen: 'keep', reason: 'best' });
});

test('further seeds count: what one seed has gained others can take back', () => {
  const once = [arm('head', 0, 70), arm('last-2', 2, 82)];
  expect(chooseOutcome(once)!.chosen).toBe('last-2');
  const thrice = [arm('head', 0, 70), arm('last-2', 2, 82, 60, 58)];
  const choice = chooseOutcome(thrice)!;
  expect(choice.chosen).toBe('head');
  expect(choice.arms[1]!.difference).toMatchObject({ seeds: 3, n: 100 });
});

test('arms without validation images are not compared', () => {
  const unmeasured = { ...arm('last-2', 2, 50), status: 'dropped' as const, measured: null };
  expect(chooseOutcome([unmeasured])).toBeNull();
  expect(chooseOutcome([arm('head', 0, 70), unmeasured])!.arms).toHaveLength(1);
});

test('of few validation images it is not the number of right answers that counts, but how sure they are', () => {
  const of = (name: string, blocks: number, loss: readonly number[]): ArmOutcome => {
    const outcome = arm(name, blocks, 0);
    const correct = loss.map((value) => Number(value < Math.LN2));
    return {
      ...outcome,
      measured: { ...outcome.measured!, outcomes: { validation: { correct, loss: [...loss] }, test: null } },
    };
  };
  const few = [of('head', 0, [0.6, 0.6, 0.6]), of('last-2', 2, [0.1, 0.1, 0.8])];
  expect(chooseOutcome(few)).toMatchObject({ chosen: 'last-2', rule: 'lowest-loss' });
  const many = few.map(({ name, blocks, measured }) =>
    of(name, blocks!, Array(10).fill(measured!.outcomes.validation!.loss).flat()),
  );
  expect(chooseOutcome(many)).toMatchObject({ chosen: 'head', rule: 'one-standard-error' });
});

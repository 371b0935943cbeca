import { type ArmChoice, chooseArm } from '@regraft/core';
import type { ArmOutcome, ExampleOutcomes } from './arm-outcome.js';
import type { DepthArm } from './plan-arms.js';

/** A version as it is, beside arms that train. */
const untrained = -1;

/** With fewer validation images one more right answer looks like a better depth; their losses tell more. */
export const fewestToCount = 20;

/** Answers for the validation images, one list a seed; an arm that was not repeated is taken to answer alike with all. */
const answersBySeed = (
  { measured, repeats }: ArmOutcome,
  seeds: number,
): readonly ExampleOutcomes[] | null => {
  const validation = measured?.outcomes.validation;
  if (!validation) return null;
  const lists = [validation, ...repeats];
  return Array.from({ length: seeds }, (_, seed) => lists[seed] ?? lists[0]!);
};

/**
 * Chooses between the arms that trained to their end by their answers for the validation images: the shallowest that
 * ties with the most accurate, or where there are few images the one of the lowest loss (`chooseArm`). Null where there
 * are no such images, and so nothing to compare by.
 */
export const chooseOutcome = (outcomes: readonly ArmOutcome[]): ArmChoice | null => {
  const seeds = Math.max(...outcomes.map(({ repeats }) => 1 + repeats.length));
  const candidates = outcomes.flatMap((outcome) => {
    const answers = answersBySeed(outcome, seeds);
    if (!answers) return [];
    const { name, blocks, seconds } = outcome;
    const [correct, loss] = [answers.map((list) => list.correct), answers.map((list) => list.loss)];
    return [{ name, seconds, depth: blocks ?? untrained, correct, loss }];
  });
  const [first] = candidates;
  if (!first) return null;
  const isFew = first.correct[0]!.length < fewestToCount;
  return chooseArm(candidates, { rule: isFew ? 'lowest-loss' : 'one-standard-error' });
};

/** The depth to go with; without validation images it is the head alone. */
export const chooseDepth = (
  arms: readonly [DepthArm, ...DepthArm[]],
  outcomes: readonly ArmOutcome[],
): { readonly arm: DepthArm; readonly choice: ArmChoice | null } => {
  const choice = chooseOutcome(outcomes);
  return { arm: arms.find(({ name }) => name === choice?.chosen) ?? arms[0], choice };
};

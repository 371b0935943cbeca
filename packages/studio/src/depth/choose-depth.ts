import { type ArmChoice, chooseArm } from '@regraft/core';
import type { ArmOutcome } from './arm-outcome.js';
import type { DepthArm } from './plan-arms.js';

/** A version as it is, beside arms that train. */
const untrained = -1;

/** Lists of right answers, one a seed; an arm that was not repeated is taken to answer alike with every seed. */
const correctBySeed = ({ measured, repeats }: ArmOutcome, seeds: number): readonly number[][] | null => {
  const validation = measured?.outcomes.validation;
  if (!validation) return null;
  const lists = [validation, ...repeats].map(({ correct }) => correct);
  return Array.from({ length: seeds }, (_, seed) => lists[seed] ?? lists[0]!);
};

/**
 * Chooses between the arms that trained to their end by their answers for the validation images: the shallowest that
 * ties with the best (`chooseArm`). Null where there are no such images, and so nothing to compare by.
 */
export const chooseOutcome = (outcomes: readonly ArmOutcome[]): ArmChoice | null => {
  const seeds = Math.max(...outcomes.map(({ repeats }) => 1 + repeats.length));
  const candidates = outcomes.flatMap((outcome) => {
    const correct = correctBySeed(outcome, seeds);
    const { name, blocks, seconds } = outcome;
    return correct ? [{ name, seconds, depth: blocks ?? untrained, correct }] : [];
  });
  return candidates.length === 0 ? null : chooseArm(candidates);
};

/** The depth to go with; without validation images it is the head alone. */
export const chooseDepth = (
  arms: readonly [DepthArm, ...DepthArm[]],
  outcomes: readonly ArmOutcome[],
): { readonly arm: DepthArm; readonly choice: ArmChoice | null } => {
  const choice = chooseOutcome(outcomes);
  return { arm: arms.find(({ name }) => name === choice?.chosen) ?? arms[0], choice };
};

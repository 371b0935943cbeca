import { type ArmChoice, chooseArm } from '@regraft/core';
import type { ArmOutcome } from './arm-outcome.js';
import type { DepthArm } from './plan-arms.js';

/**
 * The arm to go with: by the validation images, of those that trained to their end, the shallowest that ties with the
 * best (`chooseArm`). Without validation images nothing can be compared, and it is the head alone.
 */
export const chooseDepth = (
  arms: readonly [DepthArm, ...DepthArm[]],
  outcomes: readonly ArmOutcome[],
): { readonly arm: DepthArm; readonly choice: ArmChoice | null } => {
  const candidates = outcomes.flatMap(({ name, blocks, seconds, measured }) => {
    const validation = measured?.outcomes.validation;
    return validation ? [{ name, seconds, depth: blocks ?? 0, correct: [validation.correct] }] : [];
  });
  if (candidates.length === 0) return { arm: arms[0], choice: null };
  const choice = chooseArm(candidates);
  return { arm: arms.find(({ name }) => name === choice.chosen)!, choice };
};

import { formatQuantity } from '../format/number-format.js';
import { fewestToCount } from './choose-depth.js';
import type { DepthArm } from './plan-arms.js';

/** How deep it goes where there are few validation images, and so few to train on: deeper costs much and brings little. */
const deepestForFew = 4;

export interface AffordableArms {
  readonly arms: readonly [DepthArm, ...DepthArm[]];
  /** Why some are not among them, in words; null where all are. */
  readonly skipped: string | null;
}

/** The arms that so many validation images can tell apart; the head is always one. */
export const armsForFew = (
  planned: readonly [DepthArm, ...DepthArm[]],
  validation: number,
): AffordableArms => {
  const [head, ...deeper] = planned;
  if (validation === 0)
    return {
      arms: [head],
      skipped: "deeper fine-tuning: without validation images depths can't be compared",
    };
  const kept = deeper.filter(({ blocks }) => validation >= fewestToCount || blocks <= deepestForFew);
  const skipped =
    kept.length === deeper.length
      ? null
      : `more than ${deepestForFew} blocks: ${formatQuantity(validation, 'validation image')} can't tell such depths apart, that takes ${fewestToCount}`;
  return { arms: [head, ...kept], skipped };
};

import type { PairedDifference } from '@regraft/core/schemas';

/** `not-worse` is shown by the interval, `no-evidence` by the estimate alone. */
export type SuccessorVerdict = 'not-worse' | 'no-evidence' | 'worse';

/** Accuracies that differ by rounding alone are equal. */
const rounding = 1e-12;

/**
 * Whether a version may take the place of another. It may not where it got more than `margin` fewer right, which is
 * the estimate's word and not the interval's: see the decision on promotion for what that costs.
 *
 * @param difference the new accuracy minus the old one, on the same images
 * @param margin the largest loss that counts as none, as a share
 */
export const judgeSuccessor = (
  { value, low }: Pick<PairedDifference, 'value' | 'low'>,
  margin: number,
): SuccessorVerdict => {
  if (value < -margin - rounding) return 'worse';
  return low >= -margin ? 'not-worse' : 'no-evidence';
};

import { RegraftError } from '@regraft/errors';
import { formatDifference, formatQuantity } from '../format/number-format.js';
import type { Promotion } from './promotion.js';

const forceIt = ({ version, alias }: Promotion): string =>
  `regraft promote ${version} ${alias} --force --note "why"`;

/** What to say of a promotion that left the alias where it was because the version is worse or can't be compared. */
export const refusal = (promotion: Promotion): RegraftError => {
  const { version, previous, comparison, margin, reason } = promotion;
  const details = { promotion };
  if (comparison === null) {
    return new RegraftError({
      code: 'promotion-refused',
      message: `A version is compared with the one before when both know the same labels. Received: ${reason}`,
      hint: `If ${version} is to take its place all the same: ${forceIt(promotion)}`,
      details,
    });
  }
  const points = (margin * 100).toFixed(1);
  const { difference } = comparison;
  const doubt =
    difference.high < 0 ? '' : ' With so few images that can be chance; more of them would tell (--test).';
  return new RegraftError({
    code: 'promotion-refused',
    message: `A version is promoted when it gets at most ${points} points fewer right than the one before. Received: ${version} against ${previous}, ${formatDifference(difference)}, on ${formatQuantity(difference.n, 'image')}`,
    hint: `${promotion.alias} stays at ${previous}.${doubt} To promote it all the same: ${forceIt(promotion)}`,
    details,
  });
};

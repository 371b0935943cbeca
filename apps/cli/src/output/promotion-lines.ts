import {
  formatCount,
  formatDifference,
  formatQuantity,
  formatShare,
  type Promotion,
  type VersionComparison,
} from '@regraft/studio';
import { paint } from './paint.js';
import { renderField } from './run-summary.js';

const leftOut = ({ learned, unreadable }: VersionComparison): string[] => [
  ...(learned > 0 ? [`${formatCount(learned)} left out that one of them has learned from`] : []),
  ...(unreadable > 0 ? [`${formatCount(unreadable)} left out that can't be read`] : []),
];

/** Fields of a comparison: the test images, both accuracies, and the difference. */
export const renderComparison = ({ previous, version, comparison }: Promotion): string[] => {
  if (comparison === null || previous === null) return [];
  const { test, before, after, difference } = comparison;
  const images = [formatQuantity(difference.n, 'image'), ...leftOut(comparison)].join(', ');
  return [
    renderField('tested on', `${test}: ${images}`),
    renderField(previous, formatShare(before)),
    renderField(version, paint.strong(formatShare(after))),
    renderField('difference', formatDifference(difference)),
  ];
};

/** Why an alias moved, or why it didn't have to, in a clause. */
const becauseOf = ({ verdict, previous, margin, comparison }: Promotion): string => {
  const points = (share: number): string => `${(share * 100).toFixed(1)} points`;
  switch (verdict) {
    case 'first':
      return 'it stood nowhere, so there was nothing to compare with';
    case 'unchanged':
      return 'nothing to do';
    case 'not-worse':
      return `it is not worse than ${previous} by more than ${points(margin)}`;
    case 'no-evidence':
      return `it was not found worse than ${previous} by more than ${points(margin)}, but ${formatQuantity(comparison!.difference.n, 'image')} can't rule out a loss of up to ${points(-comparison!.difference.low)}`;
    case 'worse':
      return `forced, although it got more than ${points(margin)} fewer right than ${previous}`;
    case 'other-labels':
      return `forced; ${previous} knows other labels, so they were not compared`;
    case 'not-measured':
      return `forced; there was nothing left to compare it with ${previous} on`;
  }
};

/** What a promotion that was not refused came to, in a sentence. */
export const describePromotion = (promotion: Promotion): string => {
  const { alias, version, verdict } = promotion;
  const is = verdict === 'unchanged' ? 'is already' : 'is now';
  return `${alias} ${is} ${version}: ${becauseOf(promotion)}.`;
};

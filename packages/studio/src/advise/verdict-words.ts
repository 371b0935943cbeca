import type { Action, Evidence, PairedDifference, Reason, Recommendation } from '@regraft/core';
import { armTitle } from '../depth/arm-title.js';
import { formatPoints, formatQuantity } from '../format/number-format.js';

const probability = (p: number): string => (p < 0.001 ? 'p < 0.001' : `p ${p.toFixed(3)}`);

const points = (share: number): string => {
  const count = Math.abs(share * 100);
  return `${count < 9.95 ? count.toFixed(1) : Math.round(count)} points`;
};

const onImages = ({ n }: PairedDifference): string => `on the same ${formatQuantity(n, 'image')}`;

/** A reason as a sentence with its numbers. */
export const reasonText = (reason: Reason): string => {
  switch (reason.kind) {
    case 'looks-alike':
      return reason.detectable === null
        ? `Nothing shows that the new images look different (${probability(reason.p)}, n ${reason.n}), but so few could hardly show it.`
        : `The new images look like the old ones: no evidence of drift (${probability(reason.p)}, n ${reason.n}; a shift of ${reason.detectable.toFixed(1)} standard deviations would have been seen).`;
    case 'looks-different':
      return `The new images look different from the old ones (drift ${probability(reason.p)}, n ${reason.n}).`;
    case 'does-as-well':
      return `It gets as many of the new images right as of its own held-out ones, as far as they tell: ${formatPoints({ value: -reason.loss.value, low: -reason.loss.high, high: -reason.loss.low })}.`;
    case 'does-worse':
      return `It gets ${points(reason.loss.value)} fewer of the new images right than of its own held-out ones: ${formatPoints({ value: -reason.loss.value, low: -reason.loss.high, high: -reason.loss.low })}.`;
    case 'arm-better':
      return `"${armTitle(reason.arm)}" is right more often than "${armTitle(reason.than)}" ${onImages(reason.difference)}: ${formatPoints(reason.difference)}.`;
    case 'arm-ties':
      return `No evidence of a difference between "${armTitle(reason.arm)}" and "${armTitle(reason.with)}" ${onImages(reason.difference)}: ${formatPoints(reason.difference)}.`;
    case 'only-arm':
      return `"${armTitle(reason.arm)}" is the only thing there was time or data to try.`;
    case 'beats-scratch':
      return `It beats training from scratch ${onImages(reason.difference)}: ${formatPoints(reason.difference)}${reason.speed >= 2 ? `, in 1/${Math.round(reason.speed)} of the time` : ''}.`;
    case 'draws-with-scratch':
      return `Training from scratch does about as well ${onImages(reason.difference)}: ${formatPoints(reason.difference)}. For these images the starting point gives little.`;
    case 'loses-to-scratch':
      return `Training from scratch does better ${onImages(reason.difference)}: the fine-tune is at ${formatPoints(reason.difference)}. For these images the starting point is a bad one.`;
    case 'backbone-better':
      return `A head on ${reason.backbone} is right more often than the best fine-tune here ${onImages(reason.difference)}: ${formatPoints(reason.difference)}.`;
    case 'more-images':
      return `Twice as many training images would bring about ${points(reason.gain)} more (${(reason.low * 100).toFixed(1)} to ${(reason.high * 100).toFixed(1)}), if they go on helping as they have.`;
    case 'too-few-to-tell':
      return `There ${reason.n === 1 ? 'is' : 'are'} only ${formatQuantity(reason.n, 'image')} to compare on: a difference of ten points or more could go unseen.`;
    case 'learns-nothing':
      return `The best of them is right for ${(reason.accuracy * 100).toFixed(1)} % of ${formatQuantity(reason.n, 'image')}, where always naming the most frequent label gets ${(reason.chance * 100).toFixed(1)} %: nothing shows that it has learned anything.`;
    case 'forgets':
      return `It costs what the version knew: ${formatPoints(reason.difference)} on its old images.`;
    case 'new-labels':
      return `The version does not know ${reason.added.slice(0, 5).join(', ')}${reason.added.length > 5 ? ` and ${reason.added.length - 5} more` : ''}.`;
  }
};

const instruction = (action: Action, { start, case: which }: Evidence): string => {
  switch (action.kind) {
    case 'keep':
      return `Keep ${start} as it is`;
    case 'head-only':
      return which === 'first-model' ? `Train a head on ${start}` : `Train the head of ${start} on them`;
    case 'last':
      return `Train the head and the last ${action.blocks} blocks of ${start} on them`;
    case 'all':
      return `Train all of ${start} on them`;
    case 'collect-more':
      return 'Collect more images first';
    case 'from-scratch':
      return 'Train from scratch';
    case 'other-backbone':
      return `Start from ${action.backbone} instead`;
  }
};

/** The reason in a clause that anybody understands. */
const plainReason = (reason: Reason, evidence: Evidence): string => {
  switch (reason.kind) {
    case 'does-worse':
      return `it gets ${points(reason.loss.value)} fewer of these images right than of its own`;
    case 'does-as-well':
      return evidence.drift?.decision === 'drift'
        ? 'these images look different, but it gets as many of them right'
        : 'it gets as many of these images right as of its own';
    case 'looks-alike':
      return 'these images look like those that it learned from';
    case 'looks-different':
      return 'these images look unlike those that it learned from';
    case 'arm-better':
      return `that gets ${points(reason.difference.value)} more of them right`;
    case 'arm-ties':
      return reason.arm === 'keep'
        ? `nothing that was tried is measurably better on ${formatQuantity(reason.difference.n, 'image')}`
        : 'nothing deeper is measurably better';
    case 'only-arm':
      return 'that is all there was to try';
    case 'beats-scratch':
      return 'what it has learned before helps';
    case 'draws-with-scratch':
      return 'training from scratch does about as well';
    case 'loses-to-scratch':
      return 'what it has learned before does not help here';
    case 'backbone-better':
      return `that gets ${points(reason.difference.value)} more of these images right`;
    case 'more-images':
      return `more of them would bring about ${points(reason.gain)}`;
    case 'too-few-to-tell':
      return 'there are too few images to tell that anything else is better';
    case 'learns-nothing':
      return 'from these few it has learned nothing that shows';
    case 'forgets':
      return 'it would forget some of what it knows';
    case 'new-labels':
      return `it does not know ${reason.added.length === 1 ? reason.added[0] : 'their labels'} yet`;
  }
};

/** The verdict in a sentence: the reason, then what to do. */
export const headline = ({ action, reasons }: Recommendation, evidence: Evidence): string => {
  const clause = plainReason(reasons[0]!, evidence);
  return `${instruction(action, evidence)}: ${clause}.`;
};

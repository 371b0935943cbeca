import type { Action } from '@regraft/core';
import { armTitle } from '../depth/arm-title.js';

/** What an advice comes to, in a word or two: `keep`, `last 2 blocks`. */
export const actionTitle = (action: Action): string => {
  switch (action.kind) {
    case 'keep':
      return 'keep';
    case 'collect-more':
      return 'more images';
    case 'head-only':
      return armTitle('head');
    case 'last':
      return armTitle(`last-${action.blocks}`);
    case 'all':
      return armTitle('all');
    case 'from-scratch':
      return armTitle('scratch');
    case 'other-backbone':
      return action.backbone;
  }
};

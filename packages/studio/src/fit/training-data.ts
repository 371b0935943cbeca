import type { TrainingData } from '@regraft/core';
import type { SplitFeatures } from './extract-features.js';

/** What core trains on, of the activations of each split. */
export const trainingData = ({
  train,
  validation,
}: Pick<SplitFeatures, 'train' | 'validation'>): TrainingData => {
  const [plain, ...views] = train;
  return {
    training: { ...plain!, views: views.map(({ examples }) => examples) },
    validation: validation ?? undefined,
  };
};

import type { ArmSummary, Evidence, PairedDifference } from '@regraft/core';

/** A paired difference over 100 images, in the middle of its interval. */
export const pairedDifference = (low: number, high: number): PairedDifference => ({
  value: (low + high) / 2,
  low,
  high,
  standardError: (high - low) / 4,
  p: 0.04,
  n: 100,
  seeds: 1,
});

/** An arm that finished, with the same accuracy everywhere. */
export const finishedArm = (name: string, blocks: number | null, value = 0.8): ArmSummary => {
  const metric = { value, low: value - 0.1, high: value + 0.1, n: 100, method: 'score' as const };
  return {
    name,
    blocks,
    status: 'finished',
    epochs: 12,
    seconds: 3,
    train: metric,
    validation: metric,
    test: metric,
    gap: null,
  };
};

/** What is known of v1 and new images of the same labels before anything is measured. */
export const unmeasured: Evidence = {
  case: 'same-labels',
  start: 'v1',
  data: '/photos',
  images: { train: 400, validation: 100, test: 100 },
  labels: null,
  duplicates: null,
  drift: null,
  strangest: [],
  proportions: null,
  labelShift: null,
  asItIs: null,
  atHome: null,
  loss: null,
  chance: 0.5,
  arms: [],
  choice: null,
  referee: null,
  forgetting: null,
  learningCurve: null,
  backbones: [],
  notTried: [],
};

import { RegraftError } from '@regraft/errors';
import type { WeightMap } from './network-weights.js';
import type { Score } from './training-event.js';

/** A cross-entropy that only diverging weights reach: certain mistakes of working ones cost tens of nats. */
const hopelessLoss = 1e4;

const diverged = (received: string, learningRate: number): RegraftError =>
  new RegraftError({
    code: 'training-diverged',
    message: `Training must keep a small loss and finite weights. Received: ${received}, at a learning rate of ${learningRate.toPrecision(3)}.`,
    hint: `Try a learning rate of ${(learningRate / 10).toPrecision(1)} or less.`,
    details: { learningRate },
  });

/** Throws `training-diverged` for weights or a validation loss that aren't finite. */
export const requireFinite = (
  weights: WeightMap,
  score: Score | null,
  epoch: number,
  learningRate: number,
): void => {
  if (score !== null && !Number.isFinite(score.loss)) {
    throw diverged(`a validation loss of ${score.loss} after epoch ${epoch}`, learningRate);
  }
  for (const [name, { data }] of weights) {
    if (!data.every(Number.isFinite)) {
      throw diverged(`weight "${name}" that isn't finite after epoch ${epoch}`, learningRate);
    }
  }
};

/** Throws `training-diverged` for a loss that isn't a number or is beyond hope. */
export const requireSmallLoss = (loss: number, step: number, epoch: number, learningRate: number): void => {
  if (!(loss < hopelessLoss))
    throw diverged(`a loss of ${loss} at step ${step} of epoch ${epoch}`, learningRate);
};

import { RegraftError } from '@regraft/errors';
import type { WeightMap } from './network-weights.js';
import type { Score } from './training-event.js';

/** A cross-entropy that only diverging weights reach: certain mistakes of working ones cost tens of nats. */
const hopelessLoss = 1e4;

/** Where and how fast training was when it diverged. */
export interface DivergencePlace {
  /** As `at step 3 of epoch 2`. */
  readonly at: string;
  /** The highest of the schedule. */
  readonly learningRate: number;
  /** The highest where none is asked for. */
  readonly standard: number;
}

const formatRate = (rate: number): string => (rate < 1e-3 ? rate.toExponential(0) : rate.toPrecision(1));

const diverged = (received: string, { at, learningRate, standard }: DivergencePlace): RegraftError => {
  const better = Math.min(learningRate / 10, standard);
  return new RegraftError({
    code: 'training-diverged',
    message: `Training must keep a small loss and finite weights. Received: ${received} ${at}, with a learning rate of ${learningRate.toPrecision(3)}.`,
    hint: `Try a learning rate of ${formatRate(better)} or less; a learning rate range test finds one for this model and these data.`,
    details: { learningRate, suggestion: better },
  });
};

/** Throws `training-diverged` for weights that aren't finite or a validation loss that is beyond hope. */
export const requireSound = (weights: WeightMap, score: Score | null, place: DivergencePlace): void => {
  if (score !== null && !(score.loss < hopelessLoss)) {
    throw diverged(`a validation loss of ${score.loss}`, place);
  }
  for (const [name, { data }] of weights) {
    if (!data.every(Number.isFinite)) throw diverged(`weight "${name}" that isn't finite`, place);
  }
};

/** Throws `training-diverged` for a loss that isn't a number or is beyond hope. */
export const requireSmallLoss = (loss: number, place: DivergencePlace): void => {
  if (!(loss < hopelessLoss)) throw diverged(`a loss of ${loss}`, place);
};

import type { Model } from '../grafting/model.js';
import { plannedWeights } from '../grafting/trained-weights.js';
import type { TrainingOptions } from './training-options.js';

/** Multipliers of the learning rate, by name, of weights that train. */
export type WeightRates = ReadonlyMap<string, number>;

/** Which weights train in which epoch, counted from 1. */
export interface UnfreezingSchedule {
  /** The same map for epochs in which the same blocks train. */
  ratesAt(epoch: number): WeightRates;
  /** The first epoch in which all do that the freeze plan lets train. */
  readonly completeFrom: number;
}

/**
 * How many of `blocks` train in an epoch, the topmost first. One joins an epoch, as in ULMFiT (Howard and Ruder 2018),
 * or several where that would take more than half of the epochs: in the second half all train.
 *
 * @example openBlocks(1, { epochs: 10, blocks: 3 }) // 1
 */
export const openBlocks = (epoch: number, { epochs, blocks }: { epochs: number; blocks: number }): number => {
  const opening = Math.min(blocks, Math.ceil(epochs / 2));
  return Math.min(blocks, Math.ceil((epoch * blocks) / opening));
};

/** The schedule on those weights of a model that are in `names`. */
export const unfreezingSchedule = (
  model: Model,
  { unfreezing, epochs, batchNorm }: TrainingOptions,
  names: ReadonlyMap<string, unknown>,
): UnfreezingSchedule => {
  const { plan } = model;
  const blocks = plan.trained.length - 1;
  const stages = new Map<number, WeightRates>();
  const stage = (open: number): WeightRates => {
    const trained = plan.trained.slice(blocks - open);
    const learningRates = Object.fromEntries(trained.map((name) => [name, plan.learningRates[name]!]));
    const planned = plannedWeights({ ...model, plan: { ...plan, learningRates } }, batchNorm);
    return new Map([...planned.learningRates].filter(([name]) => names.has(name)));
  };
  const openAt = (epoch: number): number =>
    unfreezing === 'together' || blocks === 0 ? blocks : openBlocks(epoch, { epochs, blocks });
  let completeFrom = 1;
  while (openAt(completeFrom) < blocks) completeFrom++;
  return {
    completeFrom,
    ratesAt: (epoch) => {
      const open = openAt(epoch);
      const rates = stages.get(open) ?? stage(open);
      stages.set(open, rates);
      return rates;
    },
  };
};

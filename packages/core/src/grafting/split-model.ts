import { cutNetwork } from '../network/cut-network.js';
import type { Network } from '../network/network.js';
import type { Model } from './model.js';

/**
 * Cuts a model where its freeze plan does: the trunk never changes, so its outputs can be cached; the tail trains.
 * With only the head to train the trunk's output is the pooled features, `[channels]`. With nothing frozen the trunk
 * is the input node alone.
 *
 * @example const { trunk, tail, cut } = splitModel(model);
 */
export const splitModel = ({ network, plan }: Model): { trunk: Network; tail: Network; cut: string } => ({
  ...cutNetwork(network, plan.cut),
  cut: plan.cut,
});

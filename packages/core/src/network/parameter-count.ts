import type { Network } from './network.js';
import { sizeOf } from './size-of.js';

/**
 * How many numbers the network's weights hold, batch-norm statistics included.
 *
 * @example parameterCount(network) // 2206816
 */
export const parameterCount = (network: Network): number =>
  [...network.weights.values()].reduce((sum, { shape }) => sum + sizeOf(shape), 0);

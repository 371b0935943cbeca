import { inferShapes } from '../network/infer-shapes.js';
import type { Network } from '../network/network.js';
import { sizeOf } from '../network/size-of.js';

/** Copies of the weights during a step: themselves, gradient, two averages of AdamW, the next ones, a moving average. */
const weightCopies = 6;

/**
 * Bytes that a step of gradient descent takes on a batch, estimated: every node's value, which the gradient needs
 * again, and the gradient of each, in float32, beside the weights and what the optimiser keeps of them.
 *
 * @example stepMemory(tail, 32) // 250_000_000
 */
export const stepMemory = (network: Network, batchSize: number): number => {
  const values = [...inferShapes(network).values()].reduce((sum, shape) => sum + sizeOf(shape), 0);
  const weights = [...network.weights.values()].reduce((sum, { data }) => sum + data.length, 0);
  return 4 * (2 * values * batchSize + weightCopies * weights);
};

import type { BatchNormNode, Network } from './network.js';

/** A batch-norm in inference is `x * scale + offset`, one of each for a channel. */
export interface ChannelAffine {
  readonly scale: Float64Array;
  readonly offset: Float64Array;
}

/**
 * The constants a batch-norm node comes to with its moving statistics.
 *
 * @example const { scale, offset } = batchNormAffine(node, network.weights);
 */
export const batchNormAffine = (node: BatchNormNode, weights: Network['weights']): ChannelAffine => {
  const values = (name: string | undefined) => (name === undefined ? undefined : weights.get(name)!.data);
  const [gamma, beta, mean] = [values(node.gamma), values(node.beta), values(node.mean)!];
  const scale = Float64Array.from(
    values(node.variance)!,
    (variance, channel) => (gamma?.[channel] ?? 1) / Math.sqrt(variance + node.epsilon),
  );
  const offset = Float64Array.from(
    mean,
    (value, channel) => (beta?.[channel] ?? 0) - value * scale[channel]!,
  );
  return { scale, offset };
};

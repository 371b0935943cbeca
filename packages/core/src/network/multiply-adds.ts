import { inferShapes } from './infer-shapes.js';
import { isLinear } from './is-linear.js';
import type { Network } from './network.js';
import { sizeOf } from './size-of.js';

/**
 * Multiplications (each with an addition) that convolutions and dense layers do for one example: what running a network
 * costs, but for a factor.
 *
 * @example multiplyAdds(backbone.network) // 300_774_272 for MobileNetV2 at 224 pixels
 */
export const multiplyAdds = (network: Network): number => {
  const shapes = inferShapes(network);
  return network.nodes.filter(isLinear).reduce((total, node) => {
    const { shape } = network.weights.get(node.kernel)!;
    const channels = node.op === 'depthwise-conv2d' ? shape[2]! * shape[3]! : shape.at(-1)!;
    const positions = sizeOf(shapes.get(node.name)!) / channels;
    return total + positions * sizeOf(shape);
  }, 0);
};

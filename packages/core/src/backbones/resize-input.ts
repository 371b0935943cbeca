import { RegraftError } from '@regraft/errors';
import { inferShapes } from '../network/infer-shapes.js';
import type { Network, Pair } from '../network/network.js';

/**
 * The same network for images of another size; its weights don't depend on it as long as it is fully convolutional.
 * Throws `weights-unsupported` where a layer insists on its size.
 *
 * @example resizeInput(network, [160, 160])
 */
export const resizeInput = (network: Network, [height, width]: Pair): Network => {
  const nodes = network.nodes.map((node) =>
    node.op === 'input' ? { ...node, shape: [height, width, node.shape[2]!] } : node,
  );
  const resized = { ...network, nodes };
  try {
    inferShapes(resized);
  } catch (cause) {
    throw new RegraftError({
      code: 'weights-unsupported',
      message: `The network must take images of ${height} x ${width} pixels. Received: one with a layer of a fixed size`,
      hint: cause instanceof Error ? `${cause.message}. Keep the network's own input size.` : undefined,
      cause,
    });
  }
  return resized;
};

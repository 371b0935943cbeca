import type { ExplicitPadding, Network, NetworkNode } from './network.js';
import { pruneNetwork } from './prune-network.js';

const none: ExplicitPadding = { top: 0, bottom: 0, left: 0, right: 0 };

const addPadding = (a: ExplicitPadding, b: ExplicitPadding): ExplicitPadding => ({
  top: a.top + b.top,
  bottom: a.bottom + b.bottom,
  left: a.left + b.left,
  right: a.right + b.right,
});

/**
 * The network with each zero-pad that goes straight into a `valid` or explicitly padded convolution made part of
 * that convolution's padding. Pools stay as they are: their padding isn't zeros.
 *
 * @example foldZeroPad(network);
 */
export const foldZeroPad = (network: Network): Network => {
  const pads = new Map(network.nodes.flatMap((node) => (node.op === 'zero-pad' ? [[node.name, node]] : [])));
  const fold = (node: NetworkNode): NetworkNode => {
    if ((node.op !== 'conv2d' && node.op !== 'depthwise-conv2d') || node.padding === 'same') return node;
    const pad = pads.get(node.inputs[0]!);
    if (pad === undefined) return node;
    const padding = addPadding(pad.padding, node.padding === 'valid' ? none : node.padding);
    return fold({ ...node, inputs: pad.inputs, padding });
  };
  return pruneNetwork({ ...network, nodes: network.nodes.map(fold) });
};

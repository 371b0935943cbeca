import type { Conv2dNode, DenseNode, DepthwiseConv2dNode, NetworkNode } from '../network/network.js';

export type LinearNode = Conv2dNode | DenseNode | DepthwiseConv2dNode;

/**
 * True for the nodes that multiply by a kernel and add a bias.
 *
 * @example network.nodes.filter(isLinear)
 */
export const isLinear = (node: NetworkNode): node is LinearNode =>
  node.op === 'conv2d' || node.op === 'dense' || node.op === 'depthwise-conv2d';

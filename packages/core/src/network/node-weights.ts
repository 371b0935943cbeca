import type { NetworkNode } from './network.js';

export interface NodeWeight {
  readonly role: string;
  readonly name: string;
  /** False for moving statistics: they are state, never trained by a gradient. */
  readonly trainable: boolean;
}

const named = (role: string, name: string | undefined, trainable = true): NodeWeight[] =>
  name === undefined ? [] : [{ role, name, trainable }];

/** The weights a node refers to, in the order Keras lists them. */
export const nodeWeights = (node: NetworkNode): NodeWeight[] => {
  switch (node.op) {
    case 'conv2d':
    case 'depthwise-conv2d':
    case 'dense':
      return [...named('kernel', node.kernel), ...named('bias', node.bias)];
    case 'batch-norm':
      return [
        ...named('gamma', node.gamma),
        ...named('beta', node.beta),
        ...named('mean', node.mean, false),
        ...named('variance', node.variance, false),
      ];
    case 'opaque':
      return node.weights.map((name, index) => ({
        role: String(index),
        name,
        trainable: !node.nonTrainable.includes(name),
      }));
    default:
      return [];
  }
};

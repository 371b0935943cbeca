import { RegraftError } from '@regraft/errors';
import type { DenseNode, Network, NetworkNode } from '../network/network.js';

/** Names of the weights of a head as `replaceHead` builds it. */
export interface LinearHead {
  /** `[features, classes]` */
  readonly kernel: string;
  /** `[classes]` */
  readonly bias: string;
}

/** Dense on pooled features, then softmax, with all weights zero. */
export const createHead = (features: number, classes: number, dropout: number): Network => {
  const nodes: NetworkNode[] = [{ op: 'input', name: 'head/input', inputs: [], shape: [features] }];
  const last = (): string[] => [nodes.at(-1)!.name];
  if (dropout > 0) nodes.push({ op: 'dropout', name: 'head/dropout', inputs: last(), rate: dropout });
  nodes.push({
    op: 'dense',
    name: 'head/dense',
    inputs: last(),
    kernel: 'head/dense/kernel',
    bias: 'head/dense/bias',
  });
  nodes.push({ op: 'activation', name: 'head/softmax', inputs: last(), kind: 'softmax' });
  return {
    name: 'head',
    nodes,
    output: 'head/softmax',
    weights: new Map([
      ['head/dense/kernel', { shape: [features, classes], data: new Float32Array(features * classes) }],
      ['head/dense/bias', { shape: [classes], data: new Float32Array(classes) }],
    ]),
  };
};

/** The linear head that a classifier is (perhaps dropout, one dense layer with a bias, softmax), or null. */
export const readLinearHead = ({ nodes, output }: Network): LinearHead | null => {
  const [dense, softmax, ...rest] = nodes.filter(({ op }) => op !== 'input' && op !== 'dropout');
  const endsInSoftmax =
    softmax?.op === 'activation' &&
    softmax.kind === 'softmax' &&
    softmax.name === output &&
    rest.length === 0;
  if (!endsInSoftmax || dense?.op !== 'dense' || dense.bias === undefined) return null;
  return { kernel: dense.kernel, bias: dense.bias };
};

/** The dense layer whose outputs are the classifier's logits. */
const findLogits = ({ name, nodes, output }: Network): DenseNode => {
  const softmax = nodes.find((node) => node.name === output);
  const logits = nodes.find((node) => node.name === softmax?.inputs[0]);
  if (softmax?.op === 'activation' && softmax.kind === 'softmax' && logits?.op === 'dense') return logits;
  throw new RegraftError({
    code: 'network-invalid',
    message: `Only a head that ends in a dense layer and softmax can be extended. Received: "${name}" ending in ${logits?.op ?? 'nothing'} and ${softmax?.op ?? 'nothing'}.`,
    hint: 'Replace the head.',
  });
};

/** The same classifier with `added` more classes, whose weights are zero, behind the old ones. */
export const extendClassifier = (head: Network, added: number): Network => {
  const dense = findLogits(head);
  const weights = new Map(head.weights);
  for (const name of [dense.kernel, ...(dense.bias === undefined ? [] : [dense.bias])]) {
    const { shape, data } = weights.get(name)!;
    const classes = shape.at(-1)!;
    const rows = data.length / classes;
    const extended = new Float32Array(rows * (classes + added));
    for (let row = 0; row < rows; row++) {
      extended.set(data.subarray(row * classes, (row + 1) * classes), row * (classes + added));
    }
    weights.set(name, { shape: [...shape.slice(0, -1), classes + added], data: extended });
  }
  return { ...head, weights };
};

import * as tf from '@tensorflow/tfjs';
import type { GlobalPoolNode, OpName } from '../network/network.js';
import type { OpTable } from '../network/op-table.js';
import { activate } from './activations.js';
import { windowPadding } from './window-padding.js';

const reduceImage = (
  node: GlobalPoolNode,
  x: tf.Tensor,
  reduce: (x: tf.Tensor, axes: number[], keepDims: boolean) => tf.Tensor,
): tf.Tensor => reduce(x, [1, 2], node.keepDims);

const accumulate = (inputs: readonly tf.Tensor[], combine: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor) =>
  inputs.slice(1).reduce(combine, inputs[0]!);

/** `[c]` values as a constant that broadcasts over a batch of any rank. */
const channelConstant = (values: readonly number[]): tf.Tensor =>
  values.length === 1 ? tf.scalar(values[0]!) : tf.tensor1d([...values]);

type SharedOp = Exclude<
  OpName,
  'batch-norm' | 'conv2d' | 'dense' | 'depthwise-conv2d' | 'dropout' | 'input' | 'opaque'
>;

/** The ops without weights: the same in inference and in training, all with gradients. */
export const sharedOps: Pick<OpTable<[context: { readonly inputs: tf.Tensor[] }], tf.Tensor>, SharedOp> = {
  activation: (node, { inputs: [x] }) => activate(node, x!),
  add: (_node, { inputs }) => accumulate(inputs, tf.add),
  'average-pool': (node, { inputs: [x] }) =>
    tf.avgPool(x as tf.Tensor4D, [...node.size], [...node.strides], windowPadding(node.padding)),
  concatenate: (_node, { inputs }) => tf.concat(inputs, -1),
  flatten: (_node, { inputs: [x] }) => x!.reshape([x!.shape[0]!, -1]),
  'global-average-pool': (node, { inputs: [x] }) => reduceImage(node, x!, tf.mean),
  'global-max-pool': (node, { inputs: [x] }) => reduceImage(node, x!, tf.max),
  'max-pool': (node, { inputs: [x] }) =>
    tf.maxPool(x as tf.Tensor4D, [...node.size], [...node.strides], windowPadding(node.padding)),
  multiply: (_node, { inputs }) => accumulate(inputs, tf.mul),
  rescale: (node, { inputs: [x] }) => x!.mul(channelConstant(node.scale)).add(channelConstant(node.offset)),
  reshape: (node, { inputs: [x] }) => x!.reshape([x!.shape[0]!, ...node.shape]),
  'zero-pad': ({ padding }, { inputs: [x] }) =>
    tf.pad(x!, [
      [0, 0],
      [padding.top, padding.bottom],
      [padding.left, padding.right],
      [0, 0],
    ]),
};

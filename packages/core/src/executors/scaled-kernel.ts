import * as tf from '@tensorflow/tfjs';
import type { LinearNode } from '../network/is-linear.js';
import { withGradient } from './custom-gradient.js';

/** A factor for each output channel in a shape that broadcasts over the kernel. */
const alongKernel = (node: LinearNode, kernel: tf.Tensor, factor: tf.Tensor): tf.Tensor =>
  node.op === 'depthwise-conv2d' ? factor.reshape(kernel.shape.slice(2)) : factor;

/** Sums a tensor of the kernel's shape to `[channels]`. */
const sumToChannels = (node: LinearNode, tensor: tf.Tensor): tf.Tensor => {
  const axes = tensor.shape.map((_, axis) => axis);
  if (node.op !== 'depthwise-conv2d') return tf.sum(tensor, axes.slice(0, -1));
  return tf.sum(tensor.reshape([-1, tensor.shape[2]! * tensor.shape[3]!]), 0);
};

/**
 * A linear node's kernel with each output channel times `gamma * inverse`, as the batch-norm behind it would scale the
 * channel. The gradient by kernel and gamma is written out: a third of the operations that those of a product and its
 * broadcast take, which is what a step over many small kernels costs.
 */
export const scaledKernel = (
  node: LinearNode,
  kernel: tf.Tensor,
  { gamma, inverse }: { readonly gamma: tf.Tensor; readonly inverse: tf.Tensor },
  trains: { readonly kernel: boolean; readonly gamma: boolean },
): tf.Tensor => {
  const compute = () => {
    const scale = alongKernel(node, kernel, gamma.mul(inverse));
    return { value: kernel.mul(scale), saved: [kernel, scale, inverse] };
  };
  const inputs = [...(trains.kernel ? [kernel] : []), ...(trains.gamma ? [gamma] : [])];
  if (inputs.length === 0) return compute().value;
  return withGradient(inputs, compute, (dy, [k, scale, i]) => [
    ...(trains.kernel ? [dy.mul(scale!)] : []),
    ...(trains.gamma ? [sumToChannels(node, dy.mul(k!)).mul(i!)] : []),
  ]);
};

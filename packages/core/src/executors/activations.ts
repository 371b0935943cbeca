import * as tf from '@tensorflow/tfjs';
import type { ActivationKind, ActivationNode } from '../network/network.js';

const hardSigmoid = (x: tf.Tensor, slope: number): tf.Tensor => tf.clipByValue(x.mul(slope).add(0.5), 0, 1);

/** Every activation with its default `alpha`, in stock ops that have gradients. */
const activations: Record<ActivationKind, (x: tf.Tensor, alpha: number | undefined) => tf.Tensor> = {
  elu: (x, alpha = 1) => (alpha === 1 ? tf.elu(x) : tf.where(x.greater(0), x, tf.elu(x).mul(alpha))),
  gelu: (x) => x.mul(0.5).mul(tf.erf(x.mul(Math.SQRT1_2)).add(1)),
  'hard-sigmoid': (x, slope = 0.2) => hardSigmoid(x, slope),
  'hard-swish': (x) => x.mul(hardSigmoid(x, 1 / 6)),
  'leaky-relu': (x, alpha = 0.2) => tf.leakyRelu(x, alpha),
  relu: (x) => tf.relu(x),
  relu6: (x) => tf.relu6(x),
  sigmoid: (x) => tf.sigmoid(x),
  softmax: (x) => tf.softmax(x),
  softplus: (x) => tf.softplus(x),
  swish: (x) => x.mul(tf.sigmoid(x)),
  tanh: (x) => tf.tanh(x),
};

/** Applies an activation node to a batch. */
export const activate = (node: ActivationNode, x: tf.Tensor): tf.Tensor =>
  activations[node.kind](x, node.alpha);

import * as tf from '@tensorflow/tfjs';
import type { ActivationKind, ActivationNode } from '../network/network.js';
import { hardSwish, relu, relu6, swish } from './rectifiers.js';

const hardSigmoid = (x: tf.Tensor, slope: number): tf.Tensor => tf.clipByValue(x.mul(slope).add(0.5), 0, 1);

/** The positive part as it is, the negative part scaled: tfjs's elu has no scale. */
const scaledElu = (x: tf.Tensor, alpha: number): tf.Tensor => {
  const positive = tf.relu(x);
  return positive.add(tf.elu(x).sub(positive).mul(alpha));
};

/** Every activation with its default `alpha`, in ops that have gradients. */
const activations: Record<ActivationKind, (x: tf.Tensor, alpha: number | undefined) => tf.Tensor> = {
  elu: (x, alpha = 1) => (alpha === 1 ? tf.elu(x) : scaledElu(x, alpha)),
  gelu: (x) => x.mul(0.5).mul(tf.erf(x.mul(Math.SQRT1_2)).add(1)),
  'hard-sigmoid': (x, slope = 0.2) => hardSigmoid(x, slope),
  'hard-swish': hardSwish,
  'leaky-relu': (x, alpha = 0.2) => tf.leakyRelu(x, alpha),
  relu,
  relu6,
  sigmoid: (x) => tf.sigmoid(x),
  softmax: (x) => tf.softmax(x),
  softplus: (x) => tf.softplus(x),
  swish,
  tanh: (x) => tf.tanh(x),
};

/** Applies an activation node to a batch. */
export const activate = (node: ActivationNode, x: tf.Tensor): tf.Tensor =>
  activations[node.kind](x, node.alpha);

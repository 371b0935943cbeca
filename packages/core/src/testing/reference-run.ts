import * as tf from '@tensorflow/tfjs';
import type { ActivationNode, ExplicitPadding, Network, NetworkNode, Padding } from '../network/network.js';

const pad = (x: tf.Tensor, { top, bottom, left, right }: ExplicitPadding, value = 0): tf.Tensor4D =>
  tf.pad(
    x,
    [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
    value,
  ) as tf.Tensor4D;

const padded = (x: tf.Tensor, padding: Padding, value = 0): [tf.Tensor4D, 'same' | 'valid'] =>
  typeof padding === 'object' ? [pad(x, padding, value), 'valid'] : [x as tf.Tensor4D, padding];

const activate = ({ kind, alpha = Number.NaN }: ActivationNode, x: tf.Tensor): tf.Tensor => {
  const map = (f: (value: number) => number) => tf.tensor(x.dataSync().map(f), x.shape);
  switch (kind) {
    case 'softmax':
      return tf.softmax(x);
    case 'relu':
      return map((value) => Math.max(value, 0));
    case 'relu6':
      return map((value) => Math.min(Math.max(value, 0), 6));
    case 'sigmoid':
      return map((value) => 1 / (1 + Math.exp(-value)));
    case 'tanh':
      return map(Math.tanh);
    case 'swish':
      return map((value) => value / (1 + Math.exp(-value)));
    case 'softplus':
      return map((value) => Math.log1p(Math.exp(value)));
    case 'elu':
      return map((value) => (value > 0 ? value : (Number.isNaN(alpha) ? 1 : alpha) * Math.expm1(value)));
    case 'leaky-relu':
      return map((value) => (value > 0 ? value : (Number.isNaN(alpha) ? 0.2 : alpha) * value));
    case 'hard-sigmoid':
      return map((value) => Math.min(Math.max((Number.isNaN(alpha) ? 0.2 : alpha) * value + 0.5, 0), 1));
    case 'hard-swish':
      return map((value) => (value * Math.min(Math.max(value + 3, 0), 6)) / 6);
    case 'gelu':
      return x.mul(0.5).mul(tf.erf(x.div(Math.SQRT2)).add(1));
  }
};

const averagePool = (node: NetworkNode & { op: 'average-pool' | 'max-pool' }, x: tf.Tensor): tf.Tensor => {
  const [image, mode] = padded(x, node.padding);
  const pool = (values: tf.Tensor4D) => tf.avgPool(values, [...node.size], [...node.strides], mode);
  if (typeof node.padding !== 'object') return pool(image);
  // Padded zeros count in the mean of the padded image; dividing by the mean of ones takes them out again.
  return pool(image).div(pool(pad(tf.onesLike(x), node.padding)));
};

const computeNode = (node: NetworkNode, inputs: tf.Tensor[], weights: Network['weights']): tf.Tensor => {
  const x = inputs[0]!;
  const weight = (name: string): tf.Tensor =>
    tf.tensor(weights.get(name)!.data, [...weights.get(name)!.shape]);
  const addBias = (value: tf.Tensor, name: string | undefined) =>
    name === undefined ? value : value.add(weight(name));
  switch (node.op) {
    case 'input':
    case 'dropout':
      return x;
    case 'activation':
      return activate(node, x);
    case 'add':
      return inputs.reduce((a, b) => a.add(b));
    case 'multiply':
      return inputs.reduce((a, b) => a.mul(b));
    case 'concatenate':
      return tf.concat(inputs, x.rank - 1);
    case 'average-pool':
      return averagePool(node, x);
    case 'max-pool': {
      const [image, mode] = padded(x, node.padding, -1e30);
      return tf.maxPool(image, [...node.size], [...node.strides], mode);
    }
    case 'batch-norm': {
      const deviation = weight(node.variance).add(node.epsilon).sqrt();
      const normal = x.sub(weight(node.mean)).div(deviation);
      return addBias(node.gamma === undefined ? normal : normal.mul(weight(node.gamma)), node.beta);
    }
    case 'conv2d': {
      const [image, mode] = padded(x, node.padding);
      const kernel = weight(node.kernel) as tf.Tensor4D;
      const value = tf.conv2d(image, kernel, [...node.strides], mode, 'NHWC', [...node.dilations]);
      return addBias(value, node.bias);
    }
    case 'depthwise-conv2d': {
      const [image, mode] = padded(x, node.padding);
      const kernel = weight(node.kernel) as tf.Tensor4D;
      const value = tf.depthwiseConv2d(image, kernel, [...node.strides], mode, 'NHWC', [...node.dilations]);
      return addBias(value, node.bias);
    }
    case 'dense':
      return addBias(tf.matMul(x, weight(node.kernel)), node.bias);
    case 'flatten':
      return x.reshape([x.shape[0]!, -1]);
    case 'reshape':
      return x.reshape([x.shape[0]!, ...node.shape]);
    case 'global-average-pool':
      return tf.mean(x, [1, 2], node.keepDims);
    case 'global-max-pool':
      return tf.max(x, [1, 2], node.keepDims);
    case 'zero-pad':
      return pad(x, node.padding);
    case 'rescale':
      return x.mul(tf.tensor([...node.scale])).add(tf.tensor([...node.offset]));
    case 'opaque':
      throw new Error('An opaque node has no reference.');
  }
};

/** Every node's value for a batch, one plain op after another with nothing folded or fused, on the current backend. */
export const referenceValues = (network: Network, batch: tf.Tensor): Map<string, tf.Tensor> => {
  const values = new Map<string, tf.Tensor>();
  for (const node of network.nodes) {
    const inputs = node.op === 'input' ? [batch] : node.inputs.map((name) => values.get(name)!);
    values.set(node.name, computeNode(node, inputs, network.weights));
  }
  return values;
};

/** The network's output for a batch; see `referenceValues`. */
export const referenceRun = (network: Network, batch: tf.Tensor): tf.Tensor =>
  tf.tidy(() => referenceValues(network, batch).get(network.output)!.clone());

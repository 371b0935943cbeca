import * as tf from '@tensorflow/tfjs';
import { batchNormAffine } from '../network/batch-norm-affine.js';
import type { BatchNormNode, Network } from '../network/network.js';

/** A network's weights, and what its batch-norms come to in inference, as tensors that outlive every tidy. */
export interface WeightConstants {
  weight(name: string): tf.Tensor;
  affine(node: BatchNormNode): { readonly scale: tf.Tensor; readonly offset: tf.Tensor };
  /** What `make` makes of constants, under a name of its own. */
  derived(name: string, make: () => tf.Tensor): tf.Tensor;
  dispose(): void;
}

/** Makes each tensor on its first use. */
export const createWeightConstants = (weights: Network['weights']): WeightConstants => {
  const tensors = new Map<string, tf.Tensor>();
  const remember = (key: string, make: () => tf.Tensor): tf.Tensor => {
    const tensor = tensors.get(key) ?? tf.keep(tf.tidy(make));
    tensors.set(key, tensor);
    return tensor;
  };
  const channels = (values: Float64Array) => tf.tensor1d(Float32Array.from(values));
  return {
    weight: (name) =>
      remember(`weight ${name}`, () => {
        const { data, shape } = weights.get(name)!;
        return tf.tensor(data, [...shape]);
      }),
    affine: (node) => ({
      scale: remember(`scale ${node.name}`, () => channels(batchNormAffine(node, weights).scale)),
      offset: remember(`offset ${node.name}`, () => channels(batchNormAffine(node, weights).offset)),
    }),
    derived: (name, make) => remember(`derived ${name}`, make),
    dispose: () => {
      tf.dispose([...tensors.values()]);
      tensors.clear();
    },
  };
};

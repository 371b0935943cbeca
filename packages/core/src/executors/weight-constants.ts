import type * as tf from '@tensorflow/tfjs';
import { batchNormAffine } from '../network/batch-norm-affine.js';
import type { BatchNormNode, Network } from '../network/network.js';
import { createConstantCache } from './constant-cache.js';

export interface TensorAffine {
  readonly scale: tf.Tensor;
  readonly offset: tf.Tensor;
}

/** A network's weights, and what its batch-norms come to in inference, as constants. */
export interface WeightConstants {
  weight(name: string): tf.Tensor;
  affine(node: BatchNormNode): TensorAffine;
  dispose(): void;
}

export const createWeightConstants = (weights: Network['weights']): WeightConstants => {
  const cache = createConstantCache();
  const channels = (values: Float64Array) => ({ shape: [values.length], data: Float32Array.from(values) });
  return {
    weight: (name) => cache.get(`weight ${name}`, () => weights.get(name)!),
    affine: (node) => ({
      scale: cache.get(`scale ${node.name}`, () => channels(batchNormAffine(node, weights).scale)),
      offset: cache.get(`offset ${node.name}`, () => channels(batchNormAffine(node, weights).offset)),
    }),
    dispose: cache.dispose,
  };
};

import * as tf from '@tensorflow/tfjs';
import type { Weight } from '../network/network.js';

/** Tensors that outlive every tidy, made on first use and disposed together. */
export interface ConstantCache {
  get(key: string, make: () => Weight): tf.Tensor;
  dispose(): void;
}

export const createConstantCache = (): ConstantCache => {
  const tensors = new Map<string, tf.Tensor>();
  return {
    get: (key, make) => {
      const known = tensors.get(key);
      if (known) return known;
      const { data, shape } = make();
      const tensor = tf.keep(tf.tensor(data, [...shape]));
      tensors.set(key, tensor);
      return tensor;
    },
    dispose: () => {
      for (const tensor of tensors.values()) tensor.dispose();
      tensors.clear();
    },
  };
};

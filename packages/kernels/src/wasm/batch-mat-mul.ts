import * as tf from '@tensorflow/tfjs';
import { transposedProduct } from './transposed-product.js';
import type { AmendedKernel } from './wasm-kernel.js';

const swapLast = (tensor: tf.Tensor): tf.Tensor => {
  const axes = tensor.shape.map((_, axis) => axis);
  return tf.transpose(tensor, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
};

/** Matrix products with transposed operands, by transposing them first: wasm's own is many times slower. */
export const batchMatMul: AmendedKernel = {
  kernelName: 'BatchMatMul',
  amend: (inputs, { transposeA, transposeB }, own) => {
    if (!transposeA && !transposeB) return own(inputs);
    const { a, b } = inputs;
    if (transposeA && !transposeB && a!.rank === 2 && b!.rank === 2) {
      return transposedProduct(a as tf.Tensor2D, b as tf.Tensor2D);
    }
    return tf.matMul(transposeA ? swapLast(a!) : a!, transposeB ? swapLast(b!) : b!);
  },
};

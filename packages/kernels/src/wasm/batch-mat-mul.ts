import * as tf from '@tensorflow/tfjs';
import { transposedProduct } from './transposed-product.js';
import type { WasmKernel } from './wasm-kernel.js';

const swapLast = (tensor: tf.Tensor): tf.Tensor => {
  const axes = tensor.shape.map((_, axis) => axis);
  return tf.transpose(tensor, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
};

/** Matrix products with transposed operands, by transposing them first: wasm's own is many times slower. */
export const batchMatMul: WasmKernel = {
  kernelName: 'BatchMatMul',
  replaces: (_inputs, { transposeA, transposeB }) => transposeA === true || transposeB === true,
  compute: ({ a, b }, { transposeA, transposeB }) => {
    if (transposeA && !transposeB && a!.rank === 2 && b!.rank === 2) {
      return transposedProduct(a as tf.Tensor2D, b as tf.Tensor2D);
    }
    return tf.matMul(transposeA ? swapLast(a!) : a!, transposeB ? swapLast(b!) : b!);
  },
};

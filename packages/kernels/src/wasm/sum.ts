import type * as tf from '@tensorflow/tfjs';
import { columnSums } from './column-sums.js';
import type { WasmKernel } from './wasm-kernel.js';

const axesOf = (axis: unknown): number[] =>
  Array.isArray(axis) ? axis : typeof axis === 'number' ? [axis] : [];

/** Sums over the leading axes, which is what gradients of biases and of batch-norm are. */
export const sum: WasmKernel = {
  kernelName: 'Sum',
  replaces: ({ x }, { axis, keepDims }) => {
    const axes = axesOf(axis).toSorted((a, b) => a - b);
    const leading = axes.length > 0 && axes.every((value, index) => value === index);
    return x!.dtype === 'float32' && x!.size > 0 && keepDims !== true && leading && axes.length < x!.rank;
  },
  compute: ({ x }, { axis }) => {
    const kept = x!.shape.slice(axesOf(axis).length);
    const columns = kept.reduce((product, length) => product * length, 1);
    return columnSums(x!.reshape([-1, columns]) as tf.Tensor2D).reshape(kept);
  },
};

import type * as tf from '@tensorflow/tfjs';
import { columnSums } from './column-sums.js';
import type { AmendedKernel } from './wasm-kernel.js';

const axesOf = (axis: unknown): number[] =>
  Array.isArray(axis) ? axis : typeof axis === 'number' ? [axis] : [];

const sumsLeadingAxes = (x: tf.Tensor, axes: readonly number[]): boolean =>
  axes.length > 0 &&
  axes.length < x.rank &&
  axes.toSorted((a, b) => a - b).every((axis, index) => axis === index);

/** Sums over the leading axes, which is what gradients of biases and of batch-norm are. */
export const sum: AmendedKernel = {
  kernelName: 'Sum',
  amend: (inputs, { axis, keepDims }, own) => {
    const x = inputs.x!;
    const axes = axesOf(axis);
    if (x.dtype !== 'float32' || x.size === 0 || keepDims || !sumsLeadingAxes(x, axes)) return own(inputs);
    const kept = x.shape.slice(axes.length);
    const columns = kept.reduce((product, length) => product * length, 1);
    return columnSums(x.reshape([-1, columns])).reshape(kept);
  },
};

import * as tf from '@tensorflow/tfjs';
import type { KernelInputs, WasmKernel } from './wasm-kernel.js';

const axesOf = (axis: unknown): number[] =>
  Array.isArray(axis) ? axis : typeof axis === 'number' ? [axis] : [];

const sumsLeadingAxes = ({ x }: KernelInputs, axes: readonly number[]): boolean =>
  axes.length > 0 &&
  axes.length < x!.shape.length &&
  axes.toSorted((a, b) => a - b).every((axis, index) => axis === index);

/** Sums over the leading axes, which is what gradients of biases and of batch-norm are. */
export const sum: WasmKernel = {
  kernelName: 'Sum',
  accepts: (inputs, { axis }) => sumsLeadingAxes(inputs, axesOf(axis)),
  compute: (inputs, { axis, keepDims }, { assembly, address, output }) => {
    const x = inputs.x!;
    const count = axesOf(axis).length;
    const [summed, kept] = [x.shape.slice(0, count), x.shape.slice(count)];
    const sums = output(keepDims ? [...summed.map(() => 1), ...kept] : kept);
    const [rows, columns] = [tf.util.sizeFromShape(summed), tf.util.sizeFromShape(kept)];
    assembly.columnSums(address(x), address(sums), rows, columns);
    return sums;
  },
};

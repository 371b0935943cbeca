import * as tf from '@tensorflow/tfjs';
import type { WasmKernel } from './wasm-kernel.js';

const axesOf = ({ shape }: tf.TensorInfo, axis: unknown): number[] =>
  tf.util.parseAxisParam(axis as number | number[], shape).toSorted((a, b) => a - b);

const areLeading = (axes: readonly number[], rank: number): boolean =>
  axes.length > 0 && axes.length < rank && axes.every((axis, index) => axis === index);

type OverRows = (rows: number) => number;

/** Sums over the leading axes, over a divisor that depends on how many values are summed. */
const overLeadingAxes = (kernelName: string, divisor: OverRows, takesNothing: boolean): WasmKernel => ({
  kernelName,
  accepts: ({ x }, { axis }) =>
    tf.util.sizeFromShape(x!.shape) === 0 ? takesNothing : areLeading(axesOf(x!, axis), x!.shape.length),
  compute: (inputs, { axis, keepDims }, { assembly, address, output, scratch }) => {
    const x = inputs.x!;
    const axes = new Set(axesOf(x, axis));
    const kept = x.shape.filter((_length, index) => !axes.has(index));
    const sums = output(keepDims ? x.shape.map((length, index) => (axes.has(index) ? 1 : length)) : kept);
    const columns = tf.util.sizeFromShape(kept);
    const rows = columns === 0 ? 0 : tf.util.sizeFromShape(x.shape) / columns;
    assembly.columnSums(address(x), address(sums), scratch(columns), rows, columns, divisor(rows));
    return sums;
  },
});

/** Sums over the leading axes, which is what gradients of biases and of batch-norm are; and of nothing. */
export const sum = overLeadingAxes('Sum', () => 1, true);

/** Means over the leading axes, which are a batch-norm's statistics. */
export const mean = overLeadingAxes('Mean', (rows) => rows, false);

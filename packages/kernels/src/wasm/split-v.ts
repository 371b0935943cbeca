import * as tf from '@tensorflow/tfjs';
import type { WasmKernel } from './wasm-kernel.js';

const bytes = 4;

/** Parts of a tensor along an axis; wasm's own copies the whole tensor for each of them. */
export const splitV: WasmKernel = {
  kernelName: 'SplitV',
  compute: (inputs, attributes, { assembly, address, output }) => {
    const x = inputs.x!;
    const [axis] = tf.util.parseAxisParam(attributes.axis as number, x.shape) as [number];
    const lengths = tf.backend_util.prepareSplitSize(
      x as tf.Tensor,
      attributes.numOrSizeSplits as number | number[],
      axis,
    );
    const rows = tf.util.sizeFromShape(x.shape.slice(0, axis));
    const inner = bytes * tf.util.sizeFromShape(x.shape.slice(axis + 1));
    const step = x.shape[axis]! * inner;
    let from = address(x);
    return lengths.map((length) => {
      const part = output(x.shape.with(axis, length));
      assembly.copyRows(from, address(part), rows, length * inner, step);
      from += length * inner;
      return part;
    });
  },
};

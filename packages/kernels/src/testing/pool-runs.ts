import * as tf from '@tensorflow/tfjs';
import type { RandomValues } from './random-values.js';
import type { KernelRun } from './run-kernel.js';

export interface PoolRun extends KernelRun {
  readonly info: tf.backend_util.Conv2DInfo;
}

/** A run of a pooling's gradient kernel over random shapes, windows, strides and padding, on values of any sign. */
export const poolRun = (kernel: string, { integer, pick, values, channels }: RandomValues): PoolRun => {
  const shape: [number, number, number, number] = [
    pick(0, 1, 2),
    pick(1, integer(2, 9)),
    integer(1, 9),
    channels(),
  ];
  const filterSize: [number, number] = [integer(1, Math.min(4, shape[1])), integer(1, Math.min(4, shape[2]))];
  const strides: [number, number] = [integer(1, 3), integer(1, 3)];
  const pad = pick<'same' | 'valid'>('same', 'valid');
  const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad);
  const input = values(shape);
  const inputs = {
    dy: values(info.outShape),
    input: pick(true, false) ? input : { shape, data: input.data.map((value) => value - 1) },
    output: values(info.outShape),
  };
  return { kernel, inputs, attributes: { filterSize, strides, pad }, info };
};

/** The sum of dy times the pooling of x, in double precision, by the definition; padding is no part of a mean. */
export const weightedPooling = (
  x: ArrayLike<number>,
  dy: ArrayLike<number>,
  info: tf.backend_util.Conv2DInfo,
  pool: (window: readonly number[]) => number,
): number => {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  let total = 0;
  for (let index = 0; index < dy.length; index++) {
    const channel = index % inChannels;
    const column = Math.floor(index / inChannels) % outWidth;
    const row = Math.floor(index / inChannels / outWidth) % outHeight;
    const image = Math.floor(index / inChannels / outWidth / outHeight);
    const window: number[] = [];
    for (let tap = 0; tap < info.filterHeight * info.filterWidth; tap++) {
      const y = row * info.strideHeight + Math.floor(tap / info.filterWidth) - padInfo.top;
      const z = column * info.strideWidth + (tap % info.filterWidth) - padInfo.left;
      if (y < 0 || y >= inHeight || z < 0 || z >= inWidth) continue;
      window.push(x[((image * inHeight + y) * inWidth + z) * inChannels + channel]!);
    }
    total += dy[index]! * pool(window);
  }
  return total;
};

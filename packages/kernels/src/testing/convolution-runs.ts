import * as tf from '@tensorflow/tfjs';
import type { RandomValues } from './random-values.js';
import type { KernelRun } from './run-kernel.js';

type Shape4D = [number, number, number, number];

export interface ConvolutionRun extends KernelRun {
  readonly info: tf.backend_util.Conv2DInfo;
  readonly inputShape: Shape4D;
  readonly filterShape: Shape4D;
}

export interface ConvolutionLimits {
  readonly dilated: boolean;
  readonly largest: number;
  readonly channels: () => number;
}

/** A run of a convolution's gradient kernel over random shapes, strides, padding and dilation. */
export const convolutionRun = (
  kernel: string,
  random: RandomValues,
  { dilated, largest, channels }: ConvolutionLimits,
): ConvolutionRun => {
  const { integer, pick, values } = random;
  const depthwise = kernel.startsWith('Depthwise');
  const padding = (): [number, number] => [integer(0, 3), integer(0, 3)];
  const inputShape: Shape4D = [
    pick(0, 1, 1, 2, 3),
    pick(1, integer(2, largest)),
    integer(1, largest),
    channels(),
  ];
  const filterShape: Shape4D = [
    ...(pick(true, false) ? ([1, 1] as const) : ([integer(1, 4), integer(1, 5)] as const)),
    inputShape[3],
    depthwise ? pick(1, 1, 1, 2, 3, 5) : channels(),
  ];
  const strides: [number, number] = pick(true, false) ? [1, 1] : [integer(1, 3), integer(1, 3)];
  const dilations: [number, number] = dilated ? [integer(1, 3), integer(2, 3)] : [1, 1];
  const pad = pick<unknown>('same', 'valid', [[0, 0], padding(), padding(), [0, 0]]);
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    dilations,
    pad as 'same',
    undefined,
    depthwise,
  );
  if (info.outHeight <= 0 || info.outWidth <= 0) {
    return convolutionRun(kernel, random, { dilated, largest, channels });
  }
  const attributes = { strides, pad, dataFormat: 'NHWC', dilations };
  const dy = values(info.outShape);
  const run: Omit<KernelRun, 'kernel'> = kernel.endsWith('Filter')
    ? { inputs: { x: values(inputShape), dy }, attributes: { ...attributes, filterShape } }
    : { inputs: { dy, filter: values(filterShape) }, attributes: { ...attributes, inputShape } };
  return { kernel, ...run, info, inputShape, filterShape };
};

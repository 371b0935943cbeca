import * as tf from '@tensorflow/tfjs';
import type { KernelAttributes } from './wasm-kernel.js';

type Shape4D = [number, number, number, number];

/** Sizes, strides, dilations and padding of the convolution that a gradient kernel's attributes describe. */
export const convolutionGeometry = (
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: KernelAttributes,
  depthwise: boolean,
): tf.backend_util.Conv2DInfo => {
  const { strides, pad, dilations, dimRoundingMode, dataFormat } = attributes as {
    strides: number | [number, number];
    pad: 'same' | 'valid' | number;
    dilations?: number | [number, number] | null;
    dimRoundingMode?: 'ceil' | 'floor' | 'round';
    dataFormat?: string;
  };
  tf.util.assert(
    dataFormat === undefined || dataFormat === 'NHWC',
    () => `Gradients of convolutions on wasm must have the data format NHWC. Received: ${dataFormat}`,
  );
  return tf.backend_util.computeConv2DInfo(
    inputShape as Shape4D,
    filterShape as Shape4D,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    depthwise,
  );
};

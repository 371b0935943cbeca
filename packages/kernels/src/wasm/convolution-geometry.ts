import * as tf from '@tensorflow/tfjs';

type Shape4D = [number, number, number, number];

/** Sizes, strides and padding of the convolution that a gradient kernel's attributes describe. */
export const convolutionGeometry = (
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: Readonly<Record<string, unknown>>,
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
  const geometry = tf.backend_util.computeConv2DInfo(
    inputShape as Shape4D,
    filterShape as Shape4D,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    depthwise,
  );
  const { dilationHeight, dilationWidth } = geometry;
  tf.util.assert(
    dilationHeight === 1 && dilationWidth === 1,
    () =>
      `Gradients of convolutions on wasm must have dilation 1. Received: ${dilationHeight}, ${dilationWidth}`,
  );
  return geometry;
};

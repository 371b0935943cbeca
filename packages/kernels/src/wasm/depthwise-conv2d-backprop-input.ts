import * as tf from '@tensorflow/tfjs';
import { convolutionGeometry } from './convolution-geometry.js';
import { placeImage } from './place-image.js';
import { spreadImage } from './spread-image.js';
import { transposedConvolutionFrame } from './transposed-convolution-frame.js';
import type { AddedKernel } from './wasm-kernel.js';

/** Every multiplier's own part of `[..., channels * multiplier]` values, as `[..., channels]`. */
const splitMultiplier = (image: tf.Tensor4D, channels: number, multiplier: number): tf.Tensor4D[] => {
  if (multiplier === 1) return [image];
  const [count, height, width] = image.shape;
  const parts = tf.split(image.reshape([-1, multiplier]), multiplier, 1);
  return parts.map((part) => part.reshape([count, height, width, channels]));
};

/** Gradient of a depthwise convolution's input: the output's, convolved depthwise with the flipped filter. */
export const depthwiseConv2dBackpropInput: AddedKernel = {
  kernelName: 'DepthwiseConv2dNativeBackpropInput',
  compute: ({ dy, filter }, attributes) => {
    const inputShape = attributes.inputShape as [number, number, number, number];
    const geometry = convolutionGeometry(inputShape, filter!.shape, attributes, true);
    const [, , channels, multiplier] = filter!.shape as [number, number, number, number];
    const spread = spreadImage(dy as tf.Tensor4D, [geometry.strideHeight, geometry.strideWidth]);
    const framed = placeImage(spread, transposedConvolutionFrame(geometry));
    const flipped = tf.reverse(filter as tf.Tensor4D, [0, 1]);
    const filters = tf.split(flipped, multiplier, 3) as tf.Tensor4D[];
    return splitMultiplier(framed, channels, multiplier)
      .map((part, index) => tf.depthwiseConv2d(part, filters[index]!, 1, 'valid'))
      .reduce((sum, part) => sum.add(part));
  },
};

import * as tf from '@tensorflow/tfjs';
import { columnSums } from './column-sums.js';
import { convolutionGeometry } from './convolution-geometry.js';
import { alignImages, mapTaps } from './tap-images.js';
import type { AddedKernel } from './wasm-kernel.js';

/** Gradient of a depthwise filter: for each tap, the pixels it saw times the output's gradient, summed over pixels. */
export const depthwiseConv2dBackpropFilter: AddedKernel = {
  kernelName: 'DepthwiseConv2dNativeBackpropFilter',
  compute: (inputs, attributes) => {
    const [x, dy] = [inputs.x as tf.Tensor4D, inputs.dy as tf.Tensor4D];
    const filterShape = attributes.filterShape as [number, number, number, number];
    const [, , channels, multiplier] = filterShape;
    const geometry = convolutionGeometry(x.shape, filterShape, attributes, true);
    const images = alignImages(x, dy, geometry, 'dy');
    const taps = mapTaps(geometry, images, (moved) => {
      const products =
        multiplier === 1
          ? images.fixed.mul(moved)
          : images.fixed.reshape([-1, channels, 1]).mul(moved.reshape([-1, channels, multiplier]));
      return columnSums(products.reshape([-1, channels * multiplier]));
    });
    return tf.concat(taps, 0).reshape(filterShape);
  },
};

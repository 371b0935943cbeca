import * as tf from '@tensorflow/tfjs';
import { columnSums } from './column-sums.js';
import { convolutionGeometry } from './convolution-geometry.js';
import { mapFilterTaps } from './filter-taps.js';
import type { WasmKernel } from './wasm-kernel.js';

/** Gradient of a depthwise filter: for each tap, input times output gradient, summed over pixels. */
export const depthwiseConv2dBackpropFilter: WasmKernel = {
  kernelName: 'DepthwiseConv2dNativeBackpropFilter',
  compute: ({ x, dy }, attributes) => {
    const filterShape = attributes.filterShape as [number, number, number, number];
    const [, , channels, multiplier] = filterShape;
    const geometry = convolutionGeometry(x!.shape, filterShape, attributes, true);
    const taps = mapFilterTaps(x as tf.Tensor4D, dy as tf.Tensor4D, geometry, (input, gradient) => {
      const products =
        multiplier === 1
          ? input.mul(gradient)
          : input.reshape([-1, channels, 1]).mul(gradient.reshape([-1, channels, multiplier]));
      return columnSums(products.reshape([-1, channels * multiplier]));
    });
    return tf.concat(taps, 0).reshape(filterShape);
  },
};

import * as tf from '@tensorflow/tfjs';
import { convolutionGeometry } from './convolution-geometry.js';
import { mapFilterTaps } from './filter-taps.js';
import { transposedProduct } from './transposed-product.js';
import type { WasmKernel } from './wasm-kernel.js';

/** Gradient of a convolution's filter: for each tap, input transposed times output gradient. */
export const conv2dBackpropFilter: WasmKernel = {
  kernelName: 'Conv2DBackpropFilter',
  compute: ({ x, dy }, attributes) => {
    const filterShape = attributes.filterShape as [number, number, number, number];
    const [, , channels, filters] = filterShape;
    const geometry = convolutionGeometry(x!.shape, filterShape, attributes, false);
    const taps = mapFilterTaps(x as tf.Tensor4D, dy as tf.Tensor4D, geometry, (input, gradient) =>
      transposedProduct(input.reshape([-1, channels]), gradient.reshape([-1, filters])),
    );
    return tf.concat(taps, 0).reshape(filterShape);
  },
};

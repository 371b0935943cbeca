import * as tf from '@tensorflow/tfjs';
import { convolutionGeometry } from './convolution-geometry.js';
import { alignImages, mapTaps } from './tap-images.js';
import type { AddedKernel } from './wasm-kernel.js';

const matrix = (image: tf.Tensor4D): tf.Tensor2D => image.reshape([-1, image.shape[3]]);

/**
 * Gradient of a convolution's filter: for each tap, the pixels it saw, transposed, times the output's gradient. The
 * image with more channels stays where it is, for it is transposed, once.
 */
export const conv2dBackpropFilter: AddedKernel = {
  kernelName: 'Conv2DBackpropFilter',
  compute: (inputs, attributes) => {
    const [x, dy] = [inputs.x as tf.Tensor4D, inputs.dy as tf.Tensor4D];
    const filterShape = attributes.filterShape as [number, number, number, number];
    const [height, width, channels, filters] = filterShape;
    const geometry = convolutionGeometry(x.shape, filterShape, attributes, false);
    const images = alignImages(x, dy, geometry, channels < filters ? 'x' : 'dy');
    const transposed = tf.transpose(matrix(images.fixed));
    const taps = mapTaps(geometry, images, (moved) => tf.matMul(transposed, matrix(moved)));
    const stacked = tf.concat(taps, 0);
    return channels < filters
      ? tf.transpose(stacked.reshape([height, width, filters, channels]), [0, 1, 3, 2])
      : stacked.reshape(filterShape);
  },
};

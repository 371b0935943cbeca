import type * as tf from '@tensorflow/tfjs';
import type { Frame } from './place-image.js';

/** Where the spread gradient of a convolution's output stands so that a `valid` convolution gives the input's. */
export const transposedConvolutionFrame = ({
  filterHeight,
  filterWidth,
  padInfo,
  inHeight,
  inWidth,
}: tf.backend_util.Conv2DInfo): Frame => ({
  top: filterHeight - 1 - padInfo.top,
  left: filterWidth - 1 - padInfo.left,
  height: inHeight + filterHeight - 1,
  width: inWidth + filterWidth - 1,
});

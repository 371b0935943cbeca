import type * as tf from '@tensorflow/tfjs';

/** The sum of `weights` times a convolution's output, in double precision, by the definition. */
export const weightedConvolution = (
  x: ArrayLike<number>,
  filter: ArrayLike<number>,
  weights: ArrayLike<number>,
  info: tf.backend_util.Conv2DInfo,
  depthwise: boolean,
): number => {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo } = info;
  const filters = depthwise ? outChannels / inChannels : outChannels;
  let total = 0;
  for (let index = 0; index < weights.length; index++) {
    const channel = index % outChannels;
    const column = Math.floor(index / outChannels) % outWidth;
    const row = Math.floor(index / outChannels / outWidth) % outHeight;
    const image = Math.floor(index / outChannels / outWidth / outHeight);
    for (let tap = 0; tap < info.filterHeight * info.filterWidth; tap++) {
      const [down, right] = [Math.floor(tap / info.filterWidth), tap % info.filterWidth];
      const y = row * info.strideHeight + down * info.dilationHeight - padInfo.top;
      const z = column * info.strideWidth + right * info.dilationWidth - padInfo.left;
      if (y < 0 || y >= inHeight || z < 0 || z >= inWidth) continue;
      const pixel = ((image * inHeight + y) * inWidth + z) * inChannels;
      const [from, to] = depthwise
        ? [Math.floor(channel / filters), Math.floor(channel / filters) + 1]
        : [0, inChannels];
      for (let c = from; c < to; c++) {
        const f = depthwise ? channel % filters : channel;
        total += x[pixel + c]! * filter[(tap * inChannels + c) * filters + f]! * weights[index]!;
      }
    }
  }
  return total;
};

import type * as tf from '@tensorflow/tfjs';

/** A convolution or a pooling as assembly/geometry.ts reads it. */
export const geometryIntegers = (info: tf.backend_util.Conv2DInfo): number[] => [
  info.batchSize,
  info.inHeight,
  info.inWidth,
  info.inChannels,
  info.outHeight,
  info.outWidth,
  info.outChannels,
  info.filterHeight,
  info.filterWidth,
  info.strideHeight,
  info.strideWidth,
  info.dilationHeight,
  info.dilationWidth,
  info.padInfo.top,
  info.padInfo.left,
];

/** A matrix product as a convolution by one pixel: of `pixels` pixels, from `channels` to `filters` channels. */
export const productIntegers = (pixels: number, channels: number, filters: number): number[] => [
  ...[1, 1, pixels, channels],
  ...[1, pixels, filters],
  ...[1, 1, 1, 1, 1, 1, 0, 0],
];

/** The same integers for a full convolution, which is a matrix product where its window is one pixel. */
export const convolutionIntegers = (info: tf.backend_util.Conv2DInfo): number[] => {
  const { batchSize, inHeight, inWidth, outHeight, outWidth, inChannels, outChannels } = info;
  const everyPixel =
    info.filterHeight * info.filterWidth * info.strideHeight * info.strideWidth === 1 &&
    inHeight === outHeight &&
    inWidth === outWidth;
  return everyPixel
    ? productIntegers(batchSize * inHeight * inWidth, inChannels, outChannels)
    : geometryIntegers(info);
};

import { normalisePixels, type Preprocessing } from '@regraft/core';

/**
 * What each of the 256 values of a channel becomes as a network's input: 768 floats, red, green, blue in turn. With it
 * a worker normalises without loading core, bit for bit as core does.
 */
export const pixelTable = (preprocessing: Preprocessing): Float32Array => {
  const ramp = Uint8Array.from({ length: 768 }, (_, index) => Math.floor(index / 3));
  return normalisePixels(ramp, preprocessing, new Float32Array(768));
};

import { z } from 'zod';
import { greyThumbnail, type RgbImage } from './grey-thumbnail.js';

const side = 32;
const kept = 8;

/** Standard deviation of the coarse structure, in grey levels, below which a hash is of noise. */
const leastContrast = 2;

/** What an image looks like in 64 bits. */
export const perceptualHashSchema = z.object({
  /** 16 hexadecimal digits. */
  bits: z.string().regex(/^[0-9a-f]{16}$/),
  /** False for an image without coarse structure, such as one of a single colour: its bits say nothing. */
  informative: z.boolean(),
});

export type PerceptualHash = z.infer<typeof perceptualHashSchema>;

/** cos(pi frequency (2 place + 1) / (2 side)), `[kept, side]`: the discrete cosine transform of type II. */
const cosines = Float64Array.from({ length: kept * side }, (_, index) =>
  Math.cos((Math.PI * Math.floor(index / side) * (2 * (index % side) + 1)) / (2 * side)),
);

/** The lowest frequencies of a square of `[side, side]`, `[kept, kept]`. */
const lowFrequencies = (grey: Float64Array): Float64Array => {
  const alongRows = new Float64Array(side * kept);
  for (let row = 0; row < side; row++) {
    for (let frequency = 0; frequency < kept; frequency++) {
      for (let column = 0; column < side; column++) {
        alongRows[row * kept + frequency]! +=
          cosines[frequency * side + column]! * grey[row * side + column]!;
      }
    }
  }
  const found = new Float64Array(kept * kept);
  for (let down = 0; down < kept; down++) {
    for (let row = 0; row < side; row++) {
      for (let across = 0; across < kept; across++) {
        found[down * kept + across]! += cosines[down * side + row]! * alongRows[row * kept + across]!;
      }
    }
  }
  return found;
};

/** The standard deviation, over the image, of what the frequencies other than 0 add up to (Parseval). */
const coarseContrast = (frequencies: Float64Array): number => {
  let total = 0;
  for (let index = 1; index < frequencies.length; index++) {
    const onAxis = index < kept || index % kept === 0;
    total += (onAxis ? 2 : 4) * frequencies[index]! ** 2;
  }
  return Math.sqrt(total) / side ** 2;
};

/**
 * A hash that hardly changes when an image is scaled, compressed again or made a little brighter: which of the 64
 * lowest frequencies of its 32 x 32 thumbnail are above their median (Zauner, "Implementation and benchmarking of
 * perceptual image hash functions", 2010, as in the Python package ImageHash). Mirrored, turned and cropped images
 * have other hashes. Throws `data-invalid` unless there are three finite values for each pixel.
 *
 * @example perceptualHash({ pixels, width: 640, height: 480 }) // { bits: 'a60ba1dca05de74e', informative: true }
 */
export const perceptualHash = (image: RgbImage): PerceptualHash => {
  const frequencies = lowFrequencies(greyThumbnail(image, side));
  const sorted = frequencies.slice().sort();
  const median = (sorted[sorted.length / 2 - 1]! + sorted[sorted.length / 2]!) / 2;
  let bits = '';
  for (let start = 0; start < frequencies.length; start += 4) {
    let digit = 0;
    for (let index = start; index < start + 4; index++)
      digit = 2 * digit + (frequencies[index]! > median ? 1 : 0);
    bits += digit.toString(16);
  }
  return { bits, informative: coarseContrast(frequencies) >= leastContrast };
};

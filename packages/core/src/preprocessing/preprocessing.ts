import { z } from 'zod';

/** How a decoded RGB image becomes a network's input: facts of the weights, stored with every version. */
export const preprocessingSchema = z.object({
  /** `[height, width]` of the network's input in pixels. */
  size: z.tuple([z.int().positive(), z.int().positive()]),
  /** `stretch` ignores the aspect ratio; `cover` fills the input and crops the middle. */
  fit: z.enum(['stretch', 'cover']),
  interpolation: z.enum(['linear', 'cubic', 'lanczos3']),
  /** input = (pixel - mean) / deviation, per channel; pixels are 0-255. */
  mean: z.tuple([z.number(), z.number(), z.number()]),
  deviation: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]),
});

export type Preprocessing = z.infer<typeof preprocessingSchema>;

/**
 * Writes `(pixel - mean) / deviation` of packed RGB bytes into a float32 view of the same length.
 *
 * @example normalisePixels(bytes, preprocessing, new Float32Array(bytes.length));
 */
export const normalisePixels = (
  pixels: Uint8Array,
  { mean, deviation }: Preprocessing,
  into: Float32Array,
): Float32Array => {
  const scale = deviation.map((value) => 1 / value);
  const offset = mean.map((value, channel) => -value / deviation[channel]!);
  for (let index = 0; index < pixels.length; index += 3) {
    into[index] = pixels[index]! * scale[0]! + offset[0]!;
    into[index + 1] = pixels[index + 1]! * scale[1]! + offset[1]!;
    into[index + 2] = pixels[index + 2]! * scale[2]! + offset[2]!;
  }
  return into;
};

import { RegraftError } from '@regraft/errors';
import type { Weight } from '../network/network.js';

/**
 * A first convolution's kernel `[height, width, in, out]` for another number of input channels, as timm's
 * `adapt_input_conv` does it: one channel gets the sum over red, green and blue; n channels repeat the three and
 * scale them by 3 / n, so that grey pictures give the same features. Throws `weights-mismatch` for a kernel that
 * does not take three channels.
 *
 * @example adaptInputKernel(kernel, 1).shape // [3, 3, 1, 32]
 */
export const adaptInputKernel = ({ shape, data }: Weight, channels: number): Weight => {
  const [height, width, taken, made] = shape as [number, number, number, number];
  if (taken !== 3) {
    throw new RegraftError({
      code: 'weights-mismatch',
      message: `Only weights for 3 input channels can be adapted to ${channels}. Received: weights for ${taken}`,
      hint: `Use images of ${taken} channels, or weights that were trained on RGB.`,
    });
  }
  const adapted = new Float32Array(height * width * channels * made);
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let output = 0; output < made; output++) {
        const at = (source: number): number => data[(pixel * 3 + source) * made + output]!;
        adapted[(pixel * channels + channel) * made + output] =
          channels === 1 ? at(0) + at(1) + at(2) : (at(channel % 3) * 3) / channels;
      }
    }
  }
  return { shape: [height, width, channels, made], data: adapted };
};

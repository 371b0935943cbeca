import type { Weight } from '../../network/network.js';

/** TFLite's `[out, height, width, in]` to `[height, width, in, out]`. */
export const convolutionKernel = ({ data, shape }: Weight): Weight => {
  const [outputs, height, width, inputs] = shape as [number, number, number, number];
  const taps = height * width * inputs;
  const kernel = new Float32Array(data.length);
  for (let output = 0; output < outputs; output++) {
    for (let tap = 0; tap < taps; tap++) kernel[tap * outputs + output] = data[output * taps + tap]!;
  }
  return { shape: [height, width, inputs, outputs], data: kernel };
};

/** TFLite's `[1, height, width, in * multiplier]` to `[height, width, in, multiplier]`: the same values in order. */
export const depthwiseKernel = ({ data, shape }: Weight, inputs: number): Weight => {
  const [, height, width, outputs] = shape as [number, number, number, number];
  return { shape: [height, width, inputs, outputs / inputs], data };
};

/** TFLite's `[out, in]` to `[in, out]`. */
export const denseKernel = ({ data, shape }: Weight): Weight => {
  const [outputs, inputs] = shape as [number, number];
  const { data: kernel } = convolutionKernel({ data, shape: [outputs, 1, 1, inputs] });
  return { shape: [inputs, outputs], data: kernel };
};

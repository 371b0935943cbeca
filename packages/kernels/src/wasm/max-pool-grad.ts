import * as tf from '@tensorflow/tfjs';
import type { AmendedKernel } from './wasm-kernel.js';

/** Gradient of max-pooling over pixels made positive: wasm's own finds no maximum among values of 0 and below. */
export const maxPoolGrad: AmendedKernel = {
  kernelName: 'MaxPoolGrad',
  amend: (inputs, _attributes, own) => {
    const input = inputs.input!;
    return own({ ...inputs, input: input.sub(tf.min(input)).add(1) });
  },
};

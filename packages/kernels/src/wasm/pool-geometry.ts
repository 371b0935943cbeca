import * as tf from '@tensorflow/tfjs';
import { geometryIntegers } from './geometry-integers.js';
import type { KernelAttributes } from './wasm-kernel.js';

/** The pooling of `[n, h, w, c]` that a gradient kernel's attributes describe, as assembly/geometry.ts reads it. */
export const poolGeometry = (inputShape: readonly number[], attributes: KernelAttributes): number[] => {
  const { filterSize, strides, pad, dimRoundingMode } = attributes as {
    filterSize: number | [number, number];
    strides: number | [number, number];
    pad: 'same' | 'valid' | number;
    dimRoundingMode?: 'ceil' | 'floor' | 'round';
  };
  const shape = inputShape as [number, number, number, number];
  return geometryIntegers(
    tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode),
  );
};

import type { ColumnStatistics } from './column-statistics.js';
import type { LeadingAxes } from './leading-axes.js';

/** Kernel `[features, classes]` and bias `[classes]` of a dense layer on raw features. */
export interface HeadWeights {
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/**
 * Between a dense layer on raw features and the vector that is fitted on a feature matrix: for each class its
 * weights on the matrix's columns, then all biases. Both describe the same function.
 */
export const headCoordinates = (
  { mean, deviation }: ColumnStatistics,
  axes: LeadingAxes | null,
  classes: number,
) => {
  const features = mean.length;
  const count = axes?.count ?? 0;
  const columns = features + count;
  const axis = (index: number): Float32Array => axes!.axes.subarray(index * features, (index + 1) * features);

  const toVector = ({ kernel, bias }: HeadWeights): Float32Array => {
    const vector = new Float32Array(classes * (columns + 1));
    for (let k = 0; k < classes; k++) {
      const along = vector.subarray(k * columns, k * columns + count);
      const rest = vector.subarray(k * columns + count, (k + 1) * columns);
      let offset = bias[k]!;
      for (let j = 0; j < features; j++) {
        offset += mean[j]! * kernel[j * classes + k]!;
        rest[j] = deviation[j]! * kernel[j * classes + k]!;
      }
      for (let index = 0; index < count; index++) {
        const direction = axis(index);
        let share = 0;
        for (let j = 0; j < features; j++) share += direction[j]! * rest[j]!;
        for (let j = 0; j < features; j++) rest[j]! -= share * direction[j]!;
        along[index] = share;
      }
      vector[classes * columns + k] = offset;
    }
    return vector;
  };

  const toWeights = (vector: Float32Array): HeadWeights => {
    const kernel = new Float32Array(features * classes);
    const bias = new Float32Array(classes);
    for (let k = 0; k < classes; k++) {
      const weights = Float64Array.from(vector.subarray(k * columns + count, (k + 1) * columns));
      for (let index = 0; index < count; index++) {
        const direction = axis(index);
        const share = vector[k * columns + index]!;
        for (let j = 0; j < features; j++) weights[j]! += share * direction[j]!;
      }
      let offset = vector[classes * columns + k]!;
      for (let j = 0; j < features; j++) {
        const weight = weights[j]! / deviation[j]!;
        kernel[j * classes + k] = weight;
        offset -= mean[j]! * weight;
      }
      bias[k] = offset;
    }
    return { kernel, bias };
  };

  return { columns, toVector, toWeights };
};

import type { Weight } from '../network/network.js';

/**
 * A weight with its axes in another order: axis i of the result is axis `permutation[i]` of the weight.
 *
 * @example transposeWeight(kernel, [2, 3, 1, 0]) // OIHW to HWIO
 */
export const transposeWeight = ({ shape, data }: Weight, permutation: readonly number[]): Weight => {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const newShape = permutation.map((axis) => shape[axis]!);
  const steps = permutation.map((axis) => strides[axis]!);
  const result = new Float32Array(data.length);
  const position = newShape.map(() => 0);
  let source = 0;
  for (let target = 0; target < result.length; target++) {
    result[target] = data[source]!;
    for (let axis = newShape.length - 1; axis >= 0; axis--) {
      source += steps[axis]!;
      position[axis]!++;
      if (position[axis]! < newShape[axis]!) break;
      source -= steps[axis]! * newShape[axis]!;
      position[axis] = 0;
    }
  }
  return { shape: newShape, data: result };
};

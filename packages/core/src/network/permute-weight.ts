import type { Weight } from './network.js';

/**
 * A weight with its axes in another order, as a transpose gives it.
 *
 * @example permuteWeight(kernel, [3, 2, 0, 1]) // [height, width, in, out] to [out, in, height, width]
 */
export const permuteWeight = ({ shape, data }: Weight, order: readonly number[]): Weight => {
  const strides = shape.map((_, axis) =>
    shape.slice(axis + 1).reduce((product, length) => product * length, 1),
  );
  const target = order.map((axis) => shape[axis]!);
  const steps = order.map((axis) => strides[axis]!);
  const index = target.map(() => 0);
  const moved = new Float32Array(data.length);
  let source = 0;
  for (let position = 0; position < moved.length; position++) {
    moved[position] = data[source]!;
    for (let axis = target.length - 1; axis >= 0; axis--) {
      source += steps[axis]!;
      index[axis]!++;
      if (index[axis]! < target[axis]!) break;
      source -= steps[axis]! * target[axis]!;
      index[axis] = 0;
    }
  }
  return { shape: target, data: moved };
};

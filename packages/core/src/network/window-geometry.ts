import type { ExplicitPadding, Padding, Pair } from './network.js';

export interface Window {
  readonly size: Pair;
  readonly strides: Pair;
  readonly dilations?: Pair;
  readonly padding: Padding;
}

export interface WindowGeometry {
  /** `[height, width]` of the result; below 1 when the window doesn't fit. */
  readonly output: Pair;
  readonly padding: ExplicitPadding;
}

interface Axis {
  readonly output: number;
  readonly before: number;
  readonly after: number;
}

const resolveAxis = (
  input: number,
  extent: number,
  stride: number,
  padding: 'same' | readonly [before: number, after: number],
): Axis => {
  if (padding === 'same') {
    const output = Math.ceil(input / stride);
    const total = Math.max((output - 1) * stride + extent - input, 0);
    const before = Math.floor(total / 2);
    return { output, before, after: total - before };
  }
  const [before, after] = padding;
  return { output: Math.floor((input + before + after - extent) / stride) + 1, before, after };
};

/**
 * Output size and explicit padding, in pixels, of a window sliding over `[height, width]`.
 * `same` and `valid` are TensorFlow's: an odd row of `same` padding goes below, an odd column right.
 *
 * @example windowGeometry([224, 224], { size: [3, 3], strides: [2, 2], padding: 'same' }).output // [112, 112]
 */
export const windowGeometry = (
  [height, width]: Pair,
  { size, strides, dilations = [1, 1], padding }: Window,
): WindowGeometry => {
  const extent = size.map((length, axis) => (length - 1) * dilations[axis]! + 1);
  const { top, bottom, left, right } =
    typeof padding === 'object' ? padding : { top: 0, bottom: 0, left: 0, right: 0 };
  const rows = resolveAxis(height, extent[0]!, strides[0], padding === 'same' ? padding : [top, bottom]);
  const columns = resolveAxis(width, extent[1]!, strides[1], padding === 'same' ? padding : [left, right]);
  return {
    output: [rows.output, columns.output],
    padding: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
  };
};

import * as tf from '@tensorflow/tfjs';
import type { ExplicitPadding, Pair, PoolNode } from '../network/network.js';
import { windowGeometry } from '../network/window-geometry.js';

/** For each window along an axis, how many of its pixels are the image's own and not padding. */
const countInside = (
  length: number,
  windows: number,
  size: number,
  stride: number,
  before: number,
): number[] =>
  Array.from({ length: windows }, (_, index) => {
    const start = index * stride - before;
    return Math.min(start + size, length) - Math.max(start, 0);
  });

/** `[1, rows, columns, 1]` factors that turn a mean over the window into one over the image's own pixels. */
const windowCorrection = (
  [height, width]: Pair,
  [rows, columns]: Pair,
  padding: ExplicitPadding,
  { size, strides }: PoolNode,
): tf.Tensor => {
  const across = countInside(width, columns, size[1], strides[1], padding.left);
  const factors = countInside(height, rows, size[0], strides[0], padding.top).flatMap((down) =>
    across.map((inside) => (size[0] * size[1]) / (down * inside)),
  );
  return tf.tensor(factors, [1, rows, columns, 1]);
};

/**
 * Average pooling with right gradients. tfjs's own gradient divides by the whole window where the window is partly
 * padding, while its forward pass leaves padding out; without padding both agree, so the padding is done here.
 */
export const averagePoolWithGradient = (node: PoolNode, x: tf.Tensor4D): tf.Tensor => {
  const [, height, width] = x.shape;
  const { output, padding } = windowGeometry([height, width], node);
  const pool = (image: tf.Tensor4D) => tf.avgPool(image, [...node.size], [...node.strides], 'valid');
  const { top, bottom, left, right } = padding;
  if (Math.max(top, bottom, left, right) === 0) return pool(x);
  const padded = tf.pad(x, [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]);
  return pool(padded).mul(windowCorrection([height, width], output, padding, node));
};

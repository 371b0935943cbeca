import type { Padding } from '../network/network.js';

/** Padding in the form tfjs's convolutions and pools take. */
export const windowPadding = (
  padding: Padding,
): 'same' | 'valid' | [[0, 0], [number, number], [number, number], [0, 0]] =>
  typeof padding === 'string'
    ? padding
    : [
        [0, 0],
        [padding.top, padding.bottom],
        [padding.left, padding.right],
        [0, 0],
      ];

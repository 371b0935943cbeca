import type { Shape } from './network.js';

/**
 * How many values a tensor of this shape holds.
 *
 * @example sizeOf([7, 7, 512]) // 25088
 */
export const sizeOf = (shape: Shape): number => shape.reduce((product, length) => product * length, 1);

import { z } from 'zod';
import type { Pair } from '../../network/network.js';

const count = z.int().positive();

/** `3` or `[3, 3]`. */
export const pair = z
  .union([count, z.tuple([count, count])])
  .transform((value): Pair => (typeof value === 'number' ? [value, value] : value));

/** Channels come last in a network; a file that has them first needs another export. */
export const dataFormat = z
  .literal('channels_last', { error: 'data_format must be channels_last' })
  .nullish()
  .transform(() => undefined);

export const padding = z.enum(['same', 'valid'], { error: 'padding must be same or valid' });

/** A number that a config may leave out or set to null. */
export const numberOr = (fallback: number) =>
  z
    .number()
    .nullish()
    .transform((value) => value ?? fallback);

/** A flag that a config may leave out or set to null. */
export const flagOr = (fallback: boolean) =>
  z
    .boolean()
    .nullish()
    .transform((value) => value ?? fallback);

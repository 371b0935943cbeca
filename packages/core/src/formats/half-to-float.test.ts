import { expect, test } from 'vitest';
import { halfToFloat } from './half-to-float.js';

const read = (...halves: number[]): number[] => [
  ...halfToFloat(Uint8Array.from(halves.flatMap((half) => [half & 255, half >> 8]))),
];

test('normal, subnormal and signed halves are exact', () => {
  expect(read(0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x03ff)).toEqual([
    1,
    -2,
    65504,
    2 ** -14,
    2 ** -24,
    1023 * 2 ** -24,
  ]);
});

test('zeros keep their sign, infinities and NaN stay', () => {
  expect(read(0x8000, 0x7c00, 0xfc00, 0x7e00)).toEqual([-0, Infinity, -Infinity, Number.NaN]);
});

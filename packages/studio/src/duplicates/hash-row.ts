import type { PerceptualHash } from '@regraft/core';

/** Numbers of a cached row: four times 16 bits, which float32 holds exactly, and whether they say anything. */
export const hashRowLength = 5;

/** A perceptual hash as a row of the activation cache. */
export const packHash = ({ bits, informative }: PerceptualHash): Float32Array =>
  Float32Array.of(
    ...[0, 4, 8, 12].map((start) => Number.parseInt(bits.slice(start, start + 4), 16)),
    informative ? 1 : 0,
  );

/** The perceptual hash that a row of the activation cache holds. */
export const unpackHash = (row: Float32Array): PerceptualHash => ({
  bits: [...row.subarray(0, 4)].map((word) => word.toString(16).padStart(4, '0')).join(''),
  informative: row[4] === 1,
});

import { expect, test } from 'vitest';
import { adviceReferences } from '../../testing/advice-references.js';
import { seededValues } from '../../testing/seeded-values.js';
import type { RgbImage } from './grey-thumbnail.js';
import { hammingDistance } from './hamming-distance.js';
import { perceptualHash, perceptualHashSchema } from './perceptual-hash.js';

const references = adviceReferences<{ grey: string; bits: string }[]>('hashes');

test.each(references)('is that of ImageHash: $bits', ({ grey, bits }) => {
  const levels = Uint8Array.from({ length: 32 * 32 }, (_, index) =>
    Number.parseInt(grey.slice(2 * index, 2 * index + 2), 16),
  );
  const pixels = Uint8Array.from({ length: 3 * levels.length }, (_, index) => levels[Math.floor(index / 3)]!);
  const hash = perceptualHash({ pixels, width: 32, height: 32 });
  expect(hash).toEqual({ bits, informative: true });
  expect(perceptualHashSchema.parse(hash)).toEqual(hash);
});

/** A picture of coloured waves at any size; `change` is made to every value. */
const picture = (
  seed: number,
  width: number,
  height: number,
  change: (value: number, index: number) => number = (value) => value,
): RgbImage => {
  const numbers = seededValues(60, seed, 0, 1);
  const pixels = Uint8Array.from({ length: 3 * width * height }, (_, index) => {
    const [column, row, channel] = [Math.floor(index / 3) % width, Math.floor(index / 3 / width), index % 3];
    let value = 128;
    for (let wave = 0; wave < 10; wave++) {
      const [down, across, phase, size] = numbers.subarray(6 * wave, 6 * wave + 4);
      const place = (down! * 5 * (row + 0.5)) / height + (across! * 5 * (column + 0.5)) / width;
      value += 25 * size! * Math.sin(2 * Math.PI * (place + phase!) + 0.3 * channel);
    }
    return Math.max(0, Math.min(255, Math.round(change(value, index))));
  });
  return { pixels, width, height };
};

const noise = seededValues(3 * 120 * 90, 9, -15, 15);

test.each([
  ['half the size', () => picture(1, 60, 45)],
  ['another aspect ratio', () => picture(1, 100, 100)],
  ['brighter', () => picture(1, 120, 90, (value) => value + 20)],
  ['less contrast', () => picture(1, 120, 90, (value) => 128 + 0.7 * (value - 128))],
  ['noise', () => picture(1, 120, 90, (value, index) => value + noise[index]!)],
])('is within 6 bits of the same picture with %s', (_, changed) => {
  const distance = hammingDistance(perceptualHash(picture(1, 120, 90)).bits, perceptualHash(changed()).bits);
  expect(distance).toBeLessThanOrEqual(6);
});

test('is far from that of another picture', () => {
  const hashes = [1, 2, 3, 4, 5, 6].map((seed) => perceptualHash(picture(seed, 120, 90)).bits);
  for (const [index, hash] of hashes.entries()) {
    for (const other of hashes.slice(index + 1)) expect(hammingDistance(hash, other)).toBeGreaterThan(16);
  }
});

test.each([
  ['black', () => 0],
  ['white', () => 255],
  ['all but white', (_: number, index: number) => 252 + (noise[index]! > 0 ? 1 : 0)],
  ['fine noise', (_: number, index: number) => 128 + noise[index]!],
])('is not informative for an image of %s', (_, change) => {
  expect(perceptualHash(picture(1, 120, 90, change)).informative).toBe(false);
});

test('takes the same picture as bytes and as numbers', () => {
  const { pixels, width, height } = picture(1, 40, 30);
  expect(perceptualHash({ pixels: Float32Array.from(pixels), width, height })).toEqual(
    perceptualHash({ pixels, width, height }),
  );
});

import { expect, test } from 'vitest';
import { regraftErrorOf } from '../../testing/regraft-error-of.js';
import { greyThumbnail } from './grey-thumbnail.js';

const grey = (values: readonly number[]): Float32Array =>
  Float32Array.from(values.flatMap((value) => [value, value, value]));

test('averages cells, sharing pixels that lie across a border', () => {
  // Rows [0 30 60] and [90 120 150]: 2 x 2 cells of 1.5 x 1 pixels.
  const image = { pixels: grey([0, 30, 60, 90, 120, 150]), width: 3, height: 2 };
  const expected = [10, 50, 100, 140];
  for (const [index, value] of greyThumbnail(image, 2).entries())
    expect(value).toBeCloseTo(expected[index]!, 5);
});

test('repeats pixels of a small image', () => {
  const image = { pixels: grey([8, 16]), width: 2, height: 1 };
  const expected = [8, 8, 16, 16, 8, 8, 16, 16, 8, 8, 16, 16, 8, 8, 16, 16];
  for (const [index, value] of greyThumbnail(image, 4).entries())
    expect(value).toBeCloseTo(expected[index]!, 9);
});

test('weighs colours by their luma', () => {
  const image = {
    pixels: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255),
    width: 2,
    height: 2,
  };
  const expected = [76.245, 149.685, 29.07, 255];
  for (const [index, value] of greyThumbnail(image, 2).entries())
    expect(value).toBeCloseTo(expected[index]!, 9);
});

test.each([
  [new Uint8Array(11), 2, 2, /11 values for 2 x 2/],
  [new Uint8Array(0), 0, 2, /0 values for 0 x 2/],
  [new Float32Array(3).fill(Number.NaN), 1, 1, /NaN or infinity/],
])('refuses what is no image', async (pixels, width, height, message) => {
  expect(await regraftErrorOf(() => greyThumbnail({ pixels, width, height }, 2))).toMatchObject({
    code: 'data-invalid',
    message: expect.stringMatching(message),
  });
});

import { expect, test } from 'vitest';
import { paintHeat } from './paint-heat.js';

const brightness = (pixels: Uint8Array): number => pixels.reduce((sum, value) => sum + value, 0);

test.each([
  ['a white', 255],
  ['a grey', 128],
])('the warmer a place of %s picture, the brighter it is', (_, grey) => {
  const pixels = Uint8Array.of(grey, grey, grey);
  const [cold, warm, hot] = [0, 128, 255].map((heat) => brightness(paintHeat(pixels, Uint8Array.of(heat))));
  expect(cold).toBeLessThan(warm!);
  expect(warm).toBeLessThan(hot!);
});

test('where there is heat the picture itself can be told', () => {
  const painted = paintHeat(Uint8Array.of(0, 0, 0, 255, 255, 255), Uint8Array.of(255, 255));
  expect(brightness(painted.subarray(3)) - brightness(painted.subarray(0, 3))).toBeGreaterThan(400);
});

import { expect, test } from 'vitest';
import { roundChannels } from './round-channels.js';

test.each([
  [32 * 0.35, 16],
  [24 * 0.35, 8],
  [24 * 0.75, 24],
  [1280 * 1.4, 1792],
  [3, 8],
  [112 * 1.1, 120],
])('%f channels become %i', (channels, expected) => {
  expect(roundChannels(channels, 8)).toBe(expected);
});

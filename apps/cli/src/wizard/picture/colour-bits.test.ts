import { expect, test } from 'vitest';
import { colourBits } from './colour-bits.js';

test('all colours where the terminal or COLORTERM has them, else the palette of 256', () => {
  expect(colourBits(24, {})).toBe(24);
  expect(colourBits(8, { COLORTERM: 'truecolor' })).toBe(24);
  expect(colourBits(8, {})).toBe(8);
});

test('no picture in 16 colours, in none, or where NO_COLOR says so', () => {
  expect(colourBits(4, {})).toBeNull();
  expect(colourBits(1, { COLORTERM: 'truecolor' })).toBeNull();
  expect(colourBits(24, { NO_COLOR: '1' })).toBeNull();
});

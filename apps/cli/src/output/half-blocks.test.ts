import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { renderHalfBlocks } from './half-blocks.js';

const esc = '\u001b';

test('a cell has the upper pixel as ink and the lower as ground; a last odd row has no ground', () => {
  const data = Uint8Array.of(255, 0, 0, 0, 0, 255, 0, 255, 0);
  expect(renderHalfBlocks({ width: 1, height: 3, data }, 24)).toEqual([
    `${esc}[38;2;255;0;0m${esc}[48;2;0;0;255m▀${esc}[39m${esc}[49m`,
    `${esc}[38;2;0;255;0m${esc}[49m▀${esc}[39m${esc}[49m`,
  ]);
});

test('with 256 colours the nearest of the palette is taken, greys from its greys', () => {
  const data = Uint8Array.of(255, 0, 0, 128, 128, 128);
  const [line] = renderHalfBlocks({ width: 1, height: 2, data }, 8);
  expect(line).toContain('[38;5;196m');
  expect(line).toContain('[48;5;244m');
});

test('a line is as wide as the picture', () => {
  const [line] = renderHalfBlocks({ width: 5, height: 2, data: new Uint8Array(30) }, 24);
  expect(stringWidth(line!)).toBe(5);
});

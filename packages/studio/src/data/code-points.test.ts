import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareCodePoints } from './code-points.js';

test('strings order as their UTF-8 bytes do, astral characters last', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
      expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
  expect(compareCodePoints('\uffee', '\u{1f98a}')).toBeLessThan(0);
});

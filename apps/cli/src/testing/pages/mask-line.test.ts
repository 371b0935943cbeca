import { expect, test } from 'vitest';
import { maskLine } from './mask-line.js';

test.each([
  [
    '● features 602 of 1\u2009204   97 images/s   1 min 3 s left',
    '● features 602 of 1\u2009204   118 images/s  12 s left',
  ],
  ['time 0.4 s', 'time 12 s'],
  ['1 min 3 s left   validation', '12 s left        validation'],
  ['85 ms, 3 h 12 min, 4 min', '12 s, 12 s, 12 s'],
  ['memory 1\u2009204 MB', 'memory 212 MB'],
  ['store: .regraft 8.8 MB', 'store: .regraft 212 MB'],
  ['unchanged, sha256 4424398da619', 'unchanged, sha256 0123456789ab'],
])('%s', (line, expected) => {
  expect(maskLine(line)).toBe(expected);
});

test('what lasts stays: counts, shares, sizes of backbones, versions', () => {
  const line = 'mobilenet-v2 8.8 MB  94.8 % (90.1-97.4, n 153)  v12, epoch 3 of 8, 3 sets, 2 stems';
  expect(maskLine(line)).toBe(line);
});

test('a column to the right stays in place, whatever style begins or ends between', () => {
  const row = (time: string) => `\u001b[2m${time}\u001b[0m${' '.repeat(12 - time.length)}│`;
  const masked = maskLine(row('0.31 s'));
  expect(masked).toBe(`\u001b[2m12 s\u001b[0m${' '.repeat(8)}│`);
  expect(maskLine(row('2 min 14 s'))).toBe(masked);
  expect(maskLine(row('9 s'))).toBe(masked);
});

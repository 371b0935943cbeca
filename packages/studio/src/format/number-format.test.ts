import { expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatQuantity,
  formatRate,
  formatShare,
} from './number-format.js';

test('counts have thin spaces', () => {
  expect([0, 999, 1204, 2206816].map(formatCount)).toEqual(['0', '999', '1\u2009204', '2\u2009206\u2009816']);
  expect(formatQuantity(1, 'image')).toBe('1 image');
  expect(formatQuantity(2, 'class', 'classes')).toBe('2 classes');
});

test('sizes, times and rates carry units and no idle digits', () => {
  expect([0, 999, 8_800_000, 212_000_000, 999_999].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '8.8 MB',
    '212 MB',
    '1.0 MB',
  ]);
  expect([0.42, 9.96, 59.7, 72, 7500].map(formatDuration)).toEqual([
    '0.4 s',
    '10 s',
    '1 min 0 s',
    '1 min 12 s',
    '2 h 5 min',
  ]);
  expect(formatRate(118.2)).toBe('118 images/s');
  expect(formatRate(1.24)).toBe('1.2 images/s');
});

test('a share shows its interval and n', () => {
  expect(formatShare({ value: 0.948, low: 0.901, high: 0.974, n: 153 })).toBe('94.8 % (90.1-97.4, n 153)');
});

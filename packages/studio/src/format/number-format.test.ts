import { expect, test } from 'vitest';
import {
  formatBytes,
  formatChange,
  formatCount,
  formatDifference,
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

test('a difference says what its interval shows, and is no difference where that holds zero', () => {
  expect(formatDifference({ value: 0.031, low: 0.004, high: 0.059 })).toBe(
    '+3.1 points (0.4 to 5.9): better',
  );
  expect(formatDifference({ value: -0.067, low: -0.121, high: -0.013 })).toBe(
    '-6.7 points (-12.1 to -1.3): worse',
  );
  expect(formatDifference({ value: -0.01, low: -0.05, high: 0.03 })).toBe(
    '-1.0 points (-5.0 to 3.0): no evidence of a difference',
  );
});

test('a change shows both accuracies, the difference and how many images it is over', () => {
  expect(
    formatChange({
      before: { value: 0.978 },
      after: { value: 0.911 },
      difference: { value: -0.067, low: -0.121, high: -0.013, n: 90 },
    }),
  ).toBe('97.8 % → 91.1 %, -6.7 points (-12.1 to -1.3): worse, n 90');
});

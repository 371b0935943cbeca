import { pairedDifference } from '@regraft/core';
import { expect, test } from 'vitest';
import { judgeSuccessor } from './judge-successor.js';

/** The new version is right where the old one is, but for so many images lost and so many won. */
const difference = (n: number, lost: number, won: number) => {
  const at = (from: number, count: number, inside: number) =>
    Array.from({ length: n }, (_, index) => (index >= from && index < from + count ? inside : 1 - inside));
  const old = at(lost, won, 0);
  const fresh = at(0, lost, 0);
  return pairedDifference([old], [fresh]);
};

test.each([
  { n: 1000, lost: 10, won: 60, verdict: 'not-worse' },
  { n: 77, lost: 3, won: 3, verdict: 'no-evidence' },
  { n: 77, lost: 1, won: 0, verdict: 'worse' },
  { n: 77, lost: 12, won: 2, verdict: 'worse' },
  { n: 100, lost: 1, won: 0, verdict: 'no-evidence' },
])('$lost lost and $won won of $n images: $verdict', ({ n, lost, won, verdict }) => {
  expect(judgeSuccessor(difference(n, lost, won), 0.01)).toBe(verdict);
});

test('a wider margin lets more pass', () => {
  expect(judgeSuccessor(difference(77, 3, 0), 0.01)).toBe('worse');
  expect(judgeSuccessor(difference(77, 3, 0), 0.05)).toBe('no-evidence');
  expect(judgeSuccessor(difference(77, 3, 0), 0.2)).toBe('not-worse');
});

import { expect, test } from 'vitest';
import { hammingDistance } from './hamming-distance.js';

test.each([
  ['0000000000000000', '0000000000000000', 0],
  ['ffffffffffffffff', '0000000000000000', 64],
  ['8000000000000001', '0000000000000000', 2],
  ['00000000ffffffff', 'ffffffff00000000', 64],
  ['0123456789abcdef', '0123456789abcdee', 1],
])('%s and %s differ in %i bits', (a, b, distance) => {
  expect(hammingDistance(a, b)).toBe(distance);
});

test('counts the bits that counting one by one finds', () => {
  const [a, b] = ['a60ba1dca05de74e', '895c5ec30ebb0a9b'];
  const different = (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2);
  expect(hammingDistance(a, b)).toBe(different.replaceAll('0', '').length);
});

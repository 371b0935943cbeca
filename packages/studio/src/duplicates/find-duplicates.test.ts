import { expect, test } from 'vitest';
import { findDuplicates, type HashedImage } from './find-duplicates.js';

const image = (name: string, bits: string | null, informative = true): HashedImage => ({
  sha256: name.repeat(64),
  hash: bits === null ? null : { bits, informative },
});

const old = [
  image('a', 'ffff0000ffff0000'),
  image('b', '0123456789abcdef'),
  image('c', null),
  image('d', '0000000000000000', false),
];

test('finds the same bytes, readable or not, and pictures that look the same', () => {
  const found = findDuplicates(old, [
    image('e', 'ffff0000ffff003f'),
    image('c', null),
    image('f', 'ffff0000ffff007f'),
    image('b', '0123456789abcdef'),
    image('0', '0000000000000000', false),
  ]);
  expect(found.exact).toEqual([
    { index: 1, other: 3 },
    { index: 2, other: 1 },
  ]);
  expect(found.near).toEqual([{ index: 0, other: 0, distance: 6 }]);
});

test('within one list no image is its own duplicate and no pair comes twice', () => {
  const images = [...old, image('b', '0123456789abcdef'), image('e', 'ffff0000ffff0001')];
  expect(findDuplicates(images, images)).toEqual({
    exact: [{ index: 1, other: 4 }],
    near: [{ index: 0, other: 5, distance: 1 }],
  });
});

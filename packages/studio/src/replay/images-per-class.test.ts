import { expect, test } from 'vitest';
import { imagesPerClass } from './images-per-class.js';

test('an extended head replays unless told otherwise, a kept one where told', () => {
  expect(imagesPerClass('auto', 'extend')).toBe(100);
  expect(imagesPerClass(0, 'extend')).toBe(0);
  expect(imagesPerClass('auto', 'keep')).toBe(0);
  expect(imagesPerClass(30, 'keep')).toBe(30);
  expect(imagesPerClass('auto', 'replace')).toBe(0);
});

test('a new head knows none of the old classes, so replaying to it is refused', () => {
  expect(() => imagesPerClass(30, 'replace')).toThrow(
    expect.objectContaining({
      code: 'recipe-invalid',
      message: expect.stringContaining('--replay 30'),
    }),
  );
});

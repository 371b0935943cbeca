import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignSplits, carvedSplits, smallestClass } from './assign-splits.js';
import type { ListedImage } from './inspect-files.js';
import type { Split } from './manifest.js';

const image = (number: number, split?: Split): ListedImage => ({
  path: `/${number}`,
  label: 'x',
  split,
  sha256: createHash('sha256').update(String(number)).digest('hex'),
  bytes: 1,
  width: 1,
  height: 1,
});

const options = fc.record({
  seed: fc.integer(),
  validationShare: fc.constantFrom(0, 0.01, 0.15, 0.4),
  testShare: fc.constantFrom(0, 0.01, 0.15, 0.5),
});

const splits = fc.array(fc.constantFrom<Split | undefined>(undefined, 'train', 'validation', 'test'));

test('every image gets a split, those that have one keep it, and every carved split gets some', () => {
  fc.assert(
    fc.property(splits, options, (assigned, shares) => {
      const images = assigned.map((split, index) => image(index, split));
      const carved = carvedSplits(images, shares);
      const free = assigned.filter((split) => split === undefined || split === 'train').length;
      fc.pre(free >= smallestClass(carved));
      const result = assignSplits(images, carved, shares);
      const count = (split: Split): number => result.filter((entry) => entry.split === split).length;
      const given = (split: Split): number => assigned.filter((entry) => entry === split).length;
      expect(new Set(result.map(({ sha256 }) => sha256)).size).toBe(images.length);
      for (const held of ['validation', 'test'] as const) {
        if (!carved[held]) expect(count(held)).toBe(given(held));
        else expect(count(held)).toBeGreaterThan(0);
      }
      expect(count('train')).toBeGreaterThan(0);
      if (carved.test && free >= 20) {
        expect(Math.abs(count('test') - shares.testShare * free)).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('the order of the images makes no difference, the seed does', () => {
  const images = Array.from({ length: 40 }, (_, index) => image(index));
  const shares = { seed: 3, validationShare: 0.2, testShare: 0.2 };
  const bySha = (seed: number, order: readonly ListedImage[]): unknown =>
    assignSplits(order, { validation: true, test: true }, { ...shares, seed })
      .map(({ sha256, split }) => `${sha256} ${split}`)
      .sort();
  fc.assert(
    fc.property(fc.shuffledSubarray(images, { minLength: images.length }), (shuffled) => {
      expect(bySha(3, shuffled)).toEqual(bySha(3, images));
    }),
    { numRuns: 20 },
  );
  expect(bySha(4, images)).not.toEqual(bySha(3, images));
});

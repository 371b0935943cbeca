import { describe, expect, test } from 'vitest';
import { range } from './example-source.js';
import { drawMixing, type Mixing, mixExamples } from './mix-examples.js';
import { randomGenerator } from './random-generator.js';

const shape = [2, 3, 1];
// The second image is a hundred more everywhere.
const images = Float32Array.from([...range(0, 6), ...range(100, 106)]);
const targets = Float32Array.of(1, 0, 0, 0.5);

describe('mixExamples, by hand', () => {
  test('mixup blends pixels and targets alike', () => {
    const mixing: Mixing = { partners: [1, 0], share: 0.75, box: null };
    const mixed = mixExamples(images, shape, targets, mixing);
    expect([...mixed.images]).toEqual([
      ...range(0, 6).map((value) => value + 25),
      ...range(0, 6).map((value) => value + 75),
    ]);
    expect([...mixed.targets]).toEqual([0.75, 0.125, 0.25, 0.375]);
  });

  test('cutmix takes the rectangle from the partner and mixes the targets by its area', () => {
    const box = { top: 0, bottom: 1, left: 1, right: 3 };
    const mixing: Mixing = { partners: [1, 1], share: 2 / 3, box };
    const mixed = mixExamples(images, shape, targets, mixing);
    expect([...mixed.images]).toEqual([0, 101, 102, 3, 4, 5, 100, 101, 102, 103, 104, 105]);
    expect([...mixed.targets]).toEqual([2 / 3, 1 / 6, 0, 0.5].map(Math.fround));
    expect([...images]).toEqual([...range(0, 6), ...range(100, 106)]);
  });
});

describe('drawMixing', () => {
  const draw = (kind: 'cutmix' | 'mixup', step: number): Mixing =>
    drawMixing({ kind, alpha: 1 }, 5, [80, 60, 3], randomGenerator(3, 'mix', step));

  test.each(['mixup', 'cutmix'] as const)(
    '%s gives every example one partner, the same for the same place',
    (kind) => {
      for (const step of range(0, 20)) {
        expect([...draw(kind, step).partners].sort()).toEqual(range(0, 5));
        expect(draw(kind, step)).toEqual(draw(kind, step));
      }
      expect(new Set(range(0, 20).map((step) => draw(kind, step).share)).size).toBeGreaterThan(5);
    },
  );

  test("cutmix's share is what is left of the area, cut off at the borders", () => {
    const mixings = range(0, 300).map((step) => draw('cutmix', step));
    for (const { share, box } of mixings) {
      const { top, bottom, left, right } = box!;
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(80);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(60);
      expect(share).toBe(1 - ((bottom - top) * (right - left)) / 4800);
    }
    expect(mixings.some(({ share }) => share < 0.5)).toBe(true);
  });
});

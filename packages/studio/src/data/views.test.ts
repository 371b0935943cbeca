import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainView, viewIdentity, viewOf } from './views.js';

const strong = { flip: true, crop: 0.4, colour: 1 };
const sha256 = 'ab'.repeat(32);

test('view 0 is the plain image, whatever the augmentation', () => {
  expect(viewOf({ seed: 1, sha256, view: 0 }, strong)).toEqual(plainView);
  expect(viewIdentity(strong, 1, 0)).toBe(viewIdentity({ flip: false, crop: 0, colour: 0 }, 2, 0));
});

test('a view depends on seed, image and number, and on nothing else', () => {
  const view = viewOf({ seed: 1, sha256, view: 1 }, strong);
  expect(viewOf({ seed: 1, sha256, view: 1 }, strong)).toEqual(view);
  expect(viewOf({ seed: 2, sha256, view: 1 }, strong)).not.toEqual(view);
  expect(viewOf({ seed: 1, sha256, view: 2 }, strong)).not.toEqual(view);
  expect(viewOf({ seed: 1, sha256: 'cd'.repeat(32), view: 1 }, strong)).not.toEqual(view);
  const names = [viewIdentity(strong, 1, 1), viewIdentity(strong, 2, 1), viewIdentity(strong, 1, 2)];
  expect(new Set(names).size).toBe(3);
  expect(viewIdentity({ ...strong, crop: 0.3 }, 1, 1)).not.toBe(viewIdentity(strong, 1, 1));
});

test('no augmentation is the plain image in every view', () => {
  expect(viewOf({ seed: 1, sha256, view: 5 }, { flip: false, crop: 0, colour: 0 })).toEqual(plainView);
});

test('parameters stay in their ranges, and half of the views are mirrored', () => {
  let mirrored = 0;
  for (let view = 1; view <= 1000; view++) {
    const { mirrored: flipped, crop, brightness, hue } = viewOf({ seed: 9, sha256, view }, strong);
    mirrored += Number(flipped);
    expect(crop!.width * crop!.height).toBeGreaterThanOrEqual(0.6 * 0.86);
    expect(crop!.left + crop!.width).toBeLessThanOrEqual(1);
    expect(crop!.top + crop!.height).toBeLessThanOrEqual(1);
    expect(Math.min(crop!.left, crop!.top)).toBeGreaterThanOrEqual(0);
    expect(Math.abs(brightness - 1)).toBeLessThanOrEqual(0.4);
    expect(Number.isInteger(hue) && Math.abs(hue) <= 18).toBe(true);
  }
  expect(Math.abs(mirrored - 500)).toBeLessThan(60);
});

test('the settings of one kind leave the other kinds alone', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 1e6 }), (seed, view) => {
      const all = viewOf({ seed, sha256, view }, strong);
      const flipOnly = viewOf({ seed, sha256, view }, { flip: true, crop: 0, colour: 0 });
      const cropOnly = viewOf({ seed, sha256, view }, { flip: false, crop: 0.4, colour: 0 });
      expect(flipOnly).toEqual({ ...plainView, mirrored: all.mirrored });
      expect(cropOnly).toEqual({ ...plainView, crop: all.crop });
    }),
  );
});

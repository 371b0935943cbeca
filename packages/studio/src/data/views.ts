import { createHash } from 'node:crypto';
import type { Augment } from './augment.js';

/** A part of an image; all four are shares of its width or height. */
export interface CropBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** One way to look at an image. */
export interface View {
  readonly mirrored: boolean;
  readonly crop: CropBox | undefined;
  /** Factors around 1. */
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  /** In whole degrees. */
  readonly hue: number;
}

/** The image as it is. */
export const plainView: View = {
  mirrored: false,
  crop: undefined,
  brightness: 1,
  contrast: 1,
  saturation: 1,
  hue: 0,
};

/** Ten numbers from 0 to below 1 that only the key decides. */
const randomNumbers = (key: string): (() => number) => {
  const digest = createHash('sha256').update(key).digest();
  let position = 0;
  return () => {
    const number = digest.readUIntBE(position, 3) / 2 ** 24;
    position += 3;
    return number;
  };
};

/** A box of random area and place whose aspect differs from the image's by up to 4:3 (Szegedy et al. 2015). */
const cropBox = (most: number, random: () => number): CropBox => {
  const area = 1 - most * random();
  const aspect = (4 / 3) ** (2 * random() - 1);
  const width = Math.min(1, Math.sqrt(area * aspect));
  const height = Math.min(1, Math.sqrt(area / aspect));
  return { width, height, left: random() * (1 - width), top: random() * (1 - height) };
};

/**
 * The parameters of an image's n-th view, decided by seed and content alone: the same in every epoch, run and thread,
 * so that a view's activations can be cached. View 0 is the plain image.
 *
 * @example viewOf({ seed: 7, sha256, view: 2 }, { flip: true, crop: 0.3, colour: 0.5 })
 */
export const viewOf = (
  { seed, sha256, view }: { readonly seed: number; readonly sha256: string; readonly view: number },
  { flip, crop, colour }: Augment,
): View => {
  if (view === 0) return plainView;
  const random = randomNumbers(`${seed}:${sha256}:${view}`);
  const around = (spread: number): number => spread * colour * (2 * random() - 1);
  const mirrored = random() < 0.5;
  const box = cropBox(crop, random);
  return {
    mirrored: flip && mirrored,
    crop: crop === 0 ? undefined : box,
    brightness: 1 + around(0.4),
    contrast: 1 + around(0.4),
    saturation: 1 + around(0.4),
    hue: Math.round(around(18)) || 0,
  };
};

/** Names a view in a cache key: views of the same name are the same pixels. */
export const viewIdentity = (augment: Augment, seed: number, view: number): string =>
  view === 0
    ? 'plain'
    : `view ${view} seed ${seed} flip ${augment.flip} crop ${augment.crop} colour ${augment.colour}`;

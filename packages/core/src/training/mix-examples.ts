import type { Shape } from '../network/network.js';
import { sizeOf } from '../network/size-of.js';
import { drawBeta } from './draw-beta.js';
import { range } from './example-source.js';
import type { RandomGenerator } from './random-generator.js';
import type { TrainingOptions } from './training-options.js';

/** How the examples of one batch are mixed. */
export interface Mixing {
  /** The example of the batch that each takes from. */
  readonly partners: readonly number[];
  /** The share of each that stays its own; the targets are mixed by it. */
  readonly share: number;
  /** What of an image comes from its partner, rows from top to bottom; null where all of it is blended. */
  readonly box: {
    readonly top: number;
    readonly bottom: number;
    readonly left: number;
    readonly right: number;
  } | null;
}

/**
 * Draws how a batch is mixed. mixup blends whole images (Zhang et al. 2018); cutmix takes a rectangle, somewhere, of
 * the partner's image, cut off at the borders, and its share is what is left of the area (Yun et al. 2019).
 */
export const drawMixing = (
  { kind, alpha }: NonNullable<TrainingOptions['mix']>,
  size: number,
  [height, width]: Shape,
  generator: RandomGenerator,
): Mixing => {
  const drawn = drawBeta(generator, alpha);
  const partners = [...generator.shuffle(Int32Array.from(range(0, size)))];
  if (kind === 'mixup') return { partners, share: drawn, box: null };
  const side = Math.sqrt(1 - drawn);
  const span = (length: number): [number, number] => {
    const centre = generator.below(length);
    const half = Math.floor((length * side) / 2);
    return [Math.max(centre - half, 0), Math.min(centre + half, length)];
  };
  const [top, bottom] = span(height!);
  const [left, right] = span(width!);
  return {
    partners,
    share: 1 - ((bottom - top) * (right - left)) / (height! * width!),
    box: { top, bottom, left, right },
  };
};

/** `share` of each row and the rest of its partner's. */
const blendRows = (rows: Float32Array, length: number, { partners, share }: Mixing): Float32Array =>
  rows.map((value, index) => {
    const row = Math.floor(index / length);
    const other = rows[(partners[row]! - row) * length + index]!;
    return share * value + (1 - share) * other;
  });

const pasteBoxes = (
  images: Float32Array,
  [height, width, channels]: Shape,
  { partners, box }: Mixing,
): Float32Array => {
  const { top, bottom, left, right } = box!;
  const length = height! * width! * channels!;
  const pasted = images.slice();
  for (const [image, partner] of partners.entries()) {
    for (let y = top; y < bottom; y++) {
      const start = (y * width! + left) * channels!;
      const end = (y * width! + right) * channels!;
      pasted.set(images.subarray(partner * length + start, partner * length + end), image * length + start);
    }
  }
  return pasted;
};

/** Images `[n, height, width, channels]` and rows of targets `[n, classes]`, mixed. */
export const mixExamples = (
  images: Float32Array,
  shape: Shape,
  targets: Float32Array,
  mixing: Mixing,
): { images: Float32Array; targets: Float32Array } => ({
  images: mixing.box === null ? blendRows(images, sizeOf(shape), mixing) : pasteBoxes(images, shape, mixing),
  targets: blendRows(targets, targets.length / mixing.partners.length, mixing),
});

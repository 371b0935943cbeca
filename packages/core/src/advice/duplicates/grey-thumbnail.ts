import { RegraftError } from '@regraft/errors';

/** An RGB image: `pixels` is `[height, width, 3]`, each value 0 to 255. */
export interface RgbImage {
  readonly pixels: Uint8Array | Uint8ClampedArray | Float32Array;
  readonly width: number;
  readonly height: number;
}

const requirePixels = ({ pixels, width, height }: RgbImage): void => {
  const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (!whole || pixels.length !== 3 * width * height) {
    throw new RegraftError({
      code: 'data-invalid',
      message: `An image has three values for each of its pixels. Received: ${pixels.length} values for ${width} x ${height}.`,
      hint: 'Decode it to RGB without an alpha channel.',
    });
  }
  if (!(pixels instanceof Float32Array) || pixels.every(Number.isFinite)) return;
  throw new RegraftError({
    code: 'data-invalid',
    message: 'Pixels are numbers from 0 to 255. Received: NaN or infinity among them.',
    hint: 'Decode the image anew.',
  });
};

/** That part of a cell's extent that a pixel has. */
interface Overlap {
  readonly cell: number;
  readonly share: number;
}

/** The cells that each of `length` pixels lies in, where they're divided into `size` cells of equal extent. */
const cellOverlaps = (length: number, size: number): Overlap[][] => {
  const extent = length / size;
  const overlaps = Array.from({ length }, (): Overlap[] => []);
  for (let cell = 0; cell < size; cell++) {
    const [start, end] = [cell * extent, (cell + 1) * extent];
    for (let place = Math.floor(start); place < Math.min(length, Math.ceil(end)); place++) {
      const share = (Math.min(end, place + 1) - Math.max(start, place)) / extent;
      overlaps[place]!.push({ cell, share });
    }
  }
  return overlaps;
};

/**
 * The luma (ITU-R BT.601) of an image averaged over `[size, size]` cells, whatever its aspect ratio; 0 to 255. A pixel
 * across a border counts for both cells by its share. Throws `data-invalid` unless there are three finite values for
 * each pixel.
 */
export const greyThumbnail = (image: RgbImage, size: number): Float64Array => {
  requirePixels(image);
  const { pixels, width, height } = image;
  const [columns, rows] = [cellOverlaps(width, size), cellOverlaps(height, size)];
  const averaged = new Float64Array(size * size);
  for (const [row, cells] of rows.entries()) {
    const line = new Float64Array(size);
    for (let column = 0; column < width; column++) {
      const place = 3 * (row * width + column);
      const luma = 0.299 * pixels[place]! + 0.587 * pixels[place + 1]! + 0.114 * pixels[place + 2]!;
      for (const { cell, share } of columns[column]!) line[cell]! += share * luma;
    }
    for (const { cell, share } of cells) {
      for (let column = 0; column < size; column++) averaged[cell * size + column]! += share * line[column]!;
    }
  }
  return averaged;
};

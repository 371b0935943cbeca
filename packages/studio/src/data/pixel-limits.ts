/** The most pixels an image may have: 16,383 x 16,383, libvips's own limit. */
export const pixelLimit = 268_402_689;

/**
 * The most pixels where a decoder holds the whole image (progressive JPEG, interlaced PNG, GIF, WebP, AVIF):
 * at four bytes a pixel it is what keeps a worker below 300 MB.
 */
export const wholeImagePixelLimit = 67_108_864;

const megapixels = (pixels: number): string => `${Math.floor(pixels / 1e6)} megapixels`;

/** What decides how much memory an image takes while it is decoded. */
export interface SizeAndCoding {
  readonly width: number;
  readonly height: number;
  readonly format: string;
  /** A progressive JPEG or an interlaced PNG. */
  readonly isProgressive?: boolean | undefined;
}

/** Why an image is too large to decode within bounded memory, or undefined. */
export const tooLargeReason = ({
  width,
  height,
  format,
  isProgressive,
}: SizeAndCoding): string | undefined => {
  const size = `${width} x ${height} pixels`;
  if (width * height > pixelLimit) return `${size}; the limit is ${megapixels(pixelLimit)}`;
  const streams = ['jpeg', 'png', 'tiff'].includes(format) && !isProgressive;
  if (streams || width * height <= wholeImagePixelLimit) return undefined;
  const name = isProgressive ? `progressive ${format.toUpperCase()}` : format.toUpperCase();
  return `${size}; the limit for ${name} is ${megapixels(wholeImagePixelLimit)}`;
};

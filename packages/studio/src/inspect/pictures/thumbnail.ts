import { decodeFailure } from '../../data/decode-failure.js';
import { pixelLimit } from '../../data/pixel-limits.js';
import { loadSharp } from '../../data/sharp.js';

/** The longest side of a picture in a report: sharp on a screen of twice the density where it is 96 px wide. */
export const pictureSide = 192;

/** A picture for a report as WebP, or why there is none. */
export type Picture = { readonly webp: Uint8Array } | { readonly absent: string };

/** An image file as a small picture: upright, whole, on white. */
export const makeThumbnail = async (file: string): Promise<Picture> => {
  const sharp = await loadSharp();
  try {
    const webp = await sharp(file, { limitInputPixels: pixelLimit, sequentialRead: true })
      .autoOrient()
      .resize(pictureSide, pictureSide, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .webp({ quality: 75 })
      .toBuffer();
    return { webp };
  } catch (error) {
    return { absent: decodeFailure(error) };
  }
};

import type { Pixels } from '../../output/half-blocks.js';

export interface PixelLimits {
  readonly width: number;
  readonly height: number;
}

/** An image made small enough to be drawn, as a viewer shows it: turned upright, transparent parts white. */
export const loadPixels = async (file: string, { width, height }: PixelLimits): Promise<Pixels> => {
  // Loaded late: no screen waits for it.
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  const { data, info } = await sharp(file, { limitInputPixels: 67_108_864 })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .resize(width, height, { fit: 'inside' })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
};

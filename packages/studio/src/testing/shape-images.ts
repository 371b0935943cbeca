import { randomGenerator } from '@regraft/core';
import sharp from 'sharp';

export type Shape = 'circle' | 'noise' | 'square';

const side = 64;

const noise = (index: number): Promise<Buffer> => {
  const { uniform } = randomGenerator(index, 'noise');
  const pixels = Buffer.from(Uint8Array.from({ length: side * side * 3 }, () => 256 * uniform()));
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer();
};

/** A PNG of 64 px: a circle or a square in a colour and place of its own, or nothing but noise. */
export const shapePng = (shape: Shape, index: number): Promise<Buffer> => {
  if (shape === 'noise') return noise(index);
  const at = 24 + ((index * 5) % 17);
  const fill = `fill="hsl(${(index * 47) % 360} 80% 50%)"`;
  const body =
    shape === 'circle'
      ? `<circle cx="${at}" cy="32" r="20" ${fill}/>`
      : `<rect x="${at - 18}" y="14" width="36" height="36" ${fill}/>`;
  const ground = `<rect width="${side}" height="${side}" fill="hsl(${(index * 31) % 360} 30% 90%)"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">${ground}${body}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
};

/** `count` PNG files of each shape, for a data folder. */
export const shapeFolders = async (
  shapes: readonly Shape[],
  count: number,
): Promise<Record<string, Buffer>> => {
  const files: Record<string, Buffer> = {};
  for (const shape of shapes) {
    for (let index = 0; index < count; index++) {
      files[`${shape}/${index}.png`] = await shapePng(shape, index);
    }
  }
  return files;
};

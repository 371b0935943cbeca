import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** Smooth, different colours for each seed: small, and kind to lossy formats. */
export const testImage = (seed: number, width = 16, height = 12): Sharp => {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      pixels[at] = (seed * 47 + (160 * x) / width) % 256;
      pixels[at + 1] = (seed * 101 + (160 * y) / height) % 256;
      pixels[at + 2] = (seed * 29 + (80 * (x + y)) / (width + height)) % 256;
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
};

export const testPng = (seed: number, width?: number, height?: number): Promise<Buffer> =>
  testImage(seed, width, height).png().toBuffer();

/** PNG files for `scanDataset`: `count` different ones for each class folder. */
export const classFolders = async (
  counts: Readonly<Record<string, number>>,
  firstSeed = 1,
): Promise<Record<string, Buffer>> => {
  const files: Record<string, Buffer> = {};
  let seed = firstSeed;
  for (const [folder, count] of Object.entries(counts)) {
    for (let index = 0; index < count; index++) files[`${folder}/${index}.png`] = await testPng(seed++);
  }
  return files;
};

/** A PNG of 100 bytes whose header promises `side * side` pixels. */
export const hugePng = async (side: number): Promise<Buffer> => {
  const png = await testPng(1);
  png.writeUInt32BE(side, 16);
  png.writeUInt32BE(side, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
};

/** A progressive JPEG of 16 x 12 pixels whose header promises `side * side`. */
export const hugeProgressiveJpeg = async (side: number): Promise<Buffer> => {
  const jpeg = await testImage(1).jpeg({ progressive: true }).toBuffer();
  const frame = jpeg.indexOf('ffc2', 0, 'hex');
  jpeg.writeUInt16BE(side, frame + 5);
  jpeg.writeUInt16BE(side, frame + 7);
  return jpeg;
};

/** A picture of rectangles that each seed lays out differently: what a perceptual hash can tell apart. */
export const testPicture = (seed: number, width: number, height: number): Sharp => {
  const random = (index: number): number =>
    (Math.abs(Math.sin(seed * 127.1 + index * 311.7)) * 43758.5453) % 1;
  const rectangles = Array.from({ length: 12 }, (_, index) => {
    const [x, y, w, h, grey] = [0, 1, 2, 3, 4].map((offset) => random(5 * index + offset));
    const fill = `hsl(${Math.round(random(index + 99) * 360)} 60% ${Math.round(grey! * 100)}%)`;
    return `<rect x="${x! * 90}%" y="${y! * 90}%" width="${10 + w! * 40}%" height="${10 + h! * 40}%" fill="${fill}"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${rectangles.join('')}</svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: '#ffffff' });
};

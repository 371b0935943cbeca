import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { randomNumbers } from './random-numbers.mjs';

const textureCount = 12;
/** Cells across the image and their contrast: from the shapes of a scene to its fine texture. */
const octaves = [
  [4, 70],
  [12, 50],
  [40, 30],
  [120, 18],
];

/** A plane of smooth noise over several scales, as light, shade and surfaces give a photo. */
const makeTexture = async (random, width, height) => {
  const texture = new Float32Array(width * height * 3);
  for (const [cells, contrast] of octaves) {
    const rows = Math.max(2, Math.round((cells * height) / width));
    const noise = Buffer.from(Uint8Array.from({ length: cells * rows * 3 }, () => random() * 256));
    const plane = await sharp(noise, { raw: { width: cells, height: rows, channels: 3 } })
      .resize(width, height, { kernel: 'cubic', fit: 'fill' })
      .raw()
      .toBuffer();
    for (let index = 0; index < texture.length; index++)
      texture[index] += ((plane[index] - 128) / 128) * contrast;
  }
  return texture;
};

/** One photo: two textures at random offsets, with as much grain as its file size calls for. */
const makePhoto = async (textures, random, { width, height, grain, quality }) => {
  const pick = () => textures[Math.floor(random() * textures.length)];
  const [first, second] = [pick(), pick()];
  const pixels = Buffer.alloc(width * height * 3);
  const shift = 3 * Math.floor(random() * width * height);
  const share = 0.3 + 0.4 * random();
  const amount = grain[0] + (grain[1] - grain[0]) * random();
  for (let index = 0; index < pixels.length; index++) {
    const scene = share * first[index] + (1 - share) * second[(index + shift) % pixels.length];
    pixels[index] = Math.max(0, Math.min(255, 128 + 1.4 * scene + amount * (random() - 0.5)));
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
};

/**
 * A folder of two classes of synthetic photos: noise over all scales with grain, so that their JPEGs have the size and
 * the decoding cost of real ones. Made once, kept in the system's folder for temporary files, and made again if
 * `REGRAFT_BENCH_FRESH` is set.
 */
const makePhotos = async ({ name, count, width, height, grain, quality }) => {
  const folder = join(tmpdir(), 'regraft-bench', `${name}-${count}`);
  const complete = join(folder, '.complete');
  if (existsSync(complete) && !process.env.REGRAFT_BENCH_FRESH) return folder;
  rmSync(folder, { recursive: true, force: true });
  for (const label of ['left', 'right']) mkdirSync(join(folder, label), { recursive: true });
  const random = randomNumbers(42);
  const textures = [];
  for (let index = 0; index < textureCount; index++) textures.push(await makeTexture(random, width, height));
  console.error(`Making ${count} photos of ${width} x ${height} in ${folder}`);
  for (let index = 0; index < count; index++) {
    const photo = await makePhoto(textures, random, { width, height, grain, quality });
    writeFileSync(join(folder, index % 2 ? 'left' : 'right', `${index}.jpg`), photo);
  }
  writeFileSync(complete, '');
  return folder;
};

/** 2,000 JPEGs of 500 x 375 pixels, 60-120 kB each. */
export const makeLargePhotos = (count = 2000) =>
  makePhotos({ name: 'photos-500', count, width: 500, height: 375, grain: [30, 115], quality: 88 });

/** JPEGs of 256 x 256 pixels, about 15 kB each. */
export const makeSmallPhotos = (count) =>
  makePhotos({ name: 'photos-256', count, width: 256, height: 256, grain: [10, 30], quality: 80 });

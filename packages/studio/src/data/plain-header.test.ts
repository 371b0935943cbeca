import sharp from 'sharp';
import { expect, test } from 'vitest';
import { testImage } from '../testing/test-images.js';
import { readPlainHeader } from './plain-header.js';

test('what it says is what the image library says', async () => {
  const image = testImage(1, 300, 170);
  const files = [
    await image.clone().jpeg().toBuffer(),
    await image.clone().jpeg({ progressive: true }).toBuffer(),
    await image.clone().greyscale().jpeg({ quality: 100 }).toBuffer(),
    await image.clone().png().toBuffer(),
    await image.clone().png({ progressive: true, palette: true }).toBuffer(),
    await image.clone().toColourspace('rgb16').png().toBuffer(),
    await image.clone().withIccProfile('p3').jpeg().toBuffer(),
  ];
  for (const [index, file] of files.entries()) {
    const { width, height, format, isProgressive } = await sharp(file).metadata();
    expect(readPlainHeader(file), `file ${index}`).toEqual({ width, height, format, isProgressive });
  }
});

test('with EXIF, in other formats, cut short or damaged it says nothing', async () => {
  const image = testImage(1, 300, 170);
  const jpeg = await image.clone().jpeg().toBuffer();
  const png = await image.clone().png().toBuffer();
  const oriented = image.clone().withMetadata({ orientation: 6 });
  const silent = [
    await oriented.clone().jpeg().toBuffer(),
    await oriented.clone().png().toBuffer(),
    await image.clone().webp().toBuffer(),
    await image.clone().gif().toBuffer(),
    jpeg.subarray(0, 60),
    png.subarray(0, 30),
    Buffer.alloc(0),
    Buffer.concat([jpeg.subarray(0, 2), Buffer.from('no marker')]),
    Buffer.concat([jpeg.subarray(0, 2), Buffer.from('ffe00000ffc00000', 'hex')]),
  ];
  for (const [index, file] of silent.entries()) {
    expect(readPlainHeader(file), `file ${index}`).toBeUndefined();
  }
});

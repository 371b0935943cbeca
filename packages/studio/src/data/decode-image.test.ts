import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Preprocessing } from '@regraft/core';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { hugePng, hugeProgressiveJpeg, testImage } from '../testing/test-images.js';
import { decodeImage } from './decode-image.js';
import { plainView } from './views.js';

const [width, height] = [16, 12];

const preprocessing = (changes: Partial<Preprocessing> = {}): Preprocessing => ({
  size: [height, width],
  fit: 'stretch',
  interpolation: 'linear',
  mean: [0, 0, 0],
  deviation: [1, 1, 1],
  ...changes,
});

const source = testImage(3, width, height);
const pixels = (): Promise<Uint8Array> => source.clone().raw().toBuffer();

const largestDifference = (a: Uint8Array, b: Uint8Array): number => {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - b[index]!)), 0);
};

const repeated = (pixel: readonly number[], count: number): Uint8Array =>
  Uint8Array.from({ length: count * 3 }, (_, at) => pixel[at % 3]!);

/** Turns a packed RGB image by 90 degrees clockwise, pixel by pixel: the reference for orientation. */
const turned = (image: Uint8Array, from: { width: number; height: number }): Uint8Array => {
  const result = new Uint8Array(image.length);
  for (let y = 0; y < from.height; y++) {
    for (let x = 0; x < from.width; x++) {
      const target = (x * from.height + (from.height - 1 - y)) * 3;
      result.set(image.subarray((y * from.width + x) * 3, (y * from.width + x) * 3 + 3), target);
    }
  }
  return result;
};

const mirrored = (image: Uint8Array): Uint8Array => {
  const result = new Uint8Array(image.length);
  for (let at = 0; at < image.length; at += 3) {
    const column = (at / 3) % width;
    result.set(image.subarray(at, at + 3), at + 3 * (width - 1 - 2 * column));
  }
  return result;
};

test('lossless formats decode to their pixels, from a path and from bytes', async () => {
  const expected = await pixels();
  for (const format of ['png', 'webp', 'tiff', 'gif', 'avif', 'jpeg'] as const) {
    const bytes = await source
      .clone()
      .toFormat(format, {
        quality: 100,
        lossless: format === 'webp',
        compression: 'deflate',
        chromaSubsampling: '4:4:4',
      } as object)
      .toBuffer();
    const path = join(temporaryFolder({ image: bytes }), 'image');
    const decoded = await decodeImage(bytes, preprocessing());
    expect(await decodeImage(path, preprocessing())).toEqual(decoded);
    expect(largestDifference(decoded, expected), format).toBeLessThanOrEqual(
      ['png', 'webp', 'tiff'].includes(format) ? 0 : 12,
    );
  }
});

test('EXIF orientation is applied, all eight of them', async () => {
  const wide = await pixels();
  const tall = turned(wide, { width, height });
  const upsideDown = turned(tall, { width: height, height: width });
  const anticlockwise = turned(upsideDown, { width, height });
  const flipTall = (image: Uint8Array): Uint8Array => turned(mirrored(image), { width, height });
  const references: Record<number, Uint8Array> = {
    1: wide,
    2: mirrored(wide),
    3: upsideDown,
    4: mirrored(upsideDown),
    5: turned(mirrored(upsideDown), { width, height }),
    6: tall,
    7: flipTall(wide),
    8: anticlockwise,
  };
  for (const [orientation, expected] of Object.entries(references)) {
    const bytes = await source
      .clone()
      .withMetadata({ orientation: Number(orientation) })
      .png()
      .toBuffer();
    const size: [number, number] = Number(orientation) > 4 ? [width, height] : [height, width];
    expect(await decodeImage(bytes, preprocessing({ size })), `orientation ${orientation}`).toEqual(
      new Uint8Array(expected),
    );
  }
});

test('transparency lies on white', async () => {
  const half = await sharp({ create: { width: 4, height: 4, channels: 4, background: '#ff000080' } })
    .png()
    .toBuffer();
  const decoded = await decodeImage(half, preprocessing({ size: [2, 2] }));
  expect(largestDifference(decoded, repeated([255, 127, 127], 4))).toBeLessThan(2);
  const grey = await sharp({ create: { width: 4, height: 4, channels: 4, background: '#00000000' } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
  expect(await decodeImage(grey, preprocessing({ size: [1, 1] }))).toEqual(new Uint8Array([255, 255, 255]));
});

test('grey, 16-bit, palette and CMYK become 8-bit sRGB', async () => {
  const expected = await pixels();
  const encode = (space: string): ReturnType<typeof source.clone> => source.clone().toColourspace(space);
  expect(
    largestDifference(await decodeImage(await encode('rgb16').png().toBuffer(), preprocessing()), expected),
  ).toBeLessThan(2);
  const grey = await decodeImage(await encode('b-w').png().toBuffer(), preprocessing());
  const grey16 = await decodeImage(await encode('grey16').png().toBuffer(), preprocessing());
  expect(largestDifference(grey, grey16)).toBeLessThan(2);
  for (let at = 0; at < grey.length; at += 3) expect(new Set(grey.subarray(at, at + 3)).size).toBe(1);
  const palette = await source.clone().png({ palette: true, colours: 256, dither: 0 }).toBuffer();
  expect(largestDifference(await decodeImage(palette, preprocessing()), expected)).toBeLessThan(16);
  const muted = sharp({ create: { width: 8, height: 8, channels: 3, background: '#8c6e50' } });
  const cmyk = await muted.clone().toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
  expect((await sharp(cmyk).metadata()).channels).toBe(4);
  const decoded = await decodeImage(cmyk, preprocessing({ size: [1, 1] }));
  expect(largestDifference(decoded, new Uint8Array([0x8c, 0x6e, 0x50]))).toBeLessThan(16);
});

test('of an animation the first frame counts', async () => {
  const frame = (background: string): Promise<Buffer> =>
    sharp({ create: { width: 4, height: 4, channels: 3, background } })
      .png()
      .toBuffer();
  const animation = await sharp([await frame('#ff0000'), await frame('#0000ff')], {
    join: { animated: true },
  })
    .gif()
    .toBuffer();
  expect((await sharp(animation, { pages: -1 }).metadata()).pages).toBe(2);
  expect(await decodeImage(animation, preprocessing({ size: [1, 1] }))).toEqual(new Uint8Array([255, 0, 0]));
});

test('stretch ignores the aspect ratio, cover crops the middle', async () => {
  const stripes = Buffer.concat(
    ['ff0000', '00ff00', '00ff00', '0000ff'].map((hex) => Buffer.from(hex, 'hex')),
  );
  const bytes = await sharp(stripes, { raw: { width: 4, height: 1, channels: 3 } })
    .resize(400, 200, { kernel: 'nearest', fit: 'fill' })
    .png()
    .toBuffer();
  const square = { size: [2, 2] as [number, number] };
  const stretched = await decodeImage(bytes, preprocessing(square));
  expect(stretched[0]).toBeGreaterThan(80);
  expect(stretched[5]).toBeGreaterThan(80);
  const covered = await decodeImage(bytes, preprocessing({ ...square, fit: 'cover' }));
  expect(largestDifference(covered, repeated([0, 255, 0], 4))).toBeLessThan(40);
});

test('the kernels differ, and a single pixel becomes an even image', async () => {
  const bytes = await testImage(5, 64, 48).png().toBuffer();
  const decoded = await Promise.all(
    (['linear', 'cubic', 'lanczos3'] as const).map(async (interpolation) =>
      createHash('sha256')
        .update(await decodeImage(bytes, preprocessing({ interpolation })))
        .digest('hex'),
    ),
  );
  expect(new Set(decoded).size).toBe(3);
  const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#0a141e' } })
    .png()
    .toBuffer();
  const even = await decodeImage(dot, preprocessing());
  expect(even).toEqual(repeated([10, 20, 30], width * height));
});

test('a view mirrors, crops and changes colours', async () => {
  const bytes = await source.clone().png().toBuffer();
  const expected = await pixels();
  const view = (changes: Partial<typeof plainView>, settings = preprocessing()): Promise<Uint8Array> =>
    decodeImage(bytes, settings, { ...plainView, ...changes });
  expect(await view({ mirrored: true })).toEqual(new Uint8Array(mirrored(expected)));
  const corner = await view(
    { crop: { left: 0.5, top: 0.5, width: 0.5, height: 0.5 } },
    preprocessing({ size: [6, 8] }),
  );
  expect(Buffer.from(corner)).toEqual(
    await source.clone().extract({ left: 8, top: 6, width: 8, height: 6 }).raw().toBuffer(),
  );
  const sliver = await view({ crop: { left: 0.999, top: 0.999, width: 0.001, height: 0.001 } });
  expect(new Set(sliver).size).toBeLessThanOrEqual(3);
  const mean = (image: Uint8Array): number => image.reduce((sum, value) => sum + value, 0) / image.length;
  expect(mean(await view({ brightness: 0.6 }))).toBeLessThan(mean(expected) * 0.8);
  const flat = await view({ contrast: 0.5 });
  expect(
    largestDifference(
      flat,
      Uint8Array.from(expected, (value) => Math.round(value * 0.5 + 64)),
    ),
  ).toBeLessThan(2);
  expect(largestDifference(await view({ saturation: 0.5, hue: 10 }), expected)).toBeGreaterThan(5);
  const grey = await view({ saturation: 0 });
  for (let at = 0; at < grey.length; at += 3) {
    expect(Math.max(...grey.subarray(at, at + 3)) - Math.min(...grey.subarray(at, at + 3))).toBeLessThan(4);
  }
});

test('a crop is taken from the image as it is seen', async () => {
  const upright = await testImage(3, 12, 16).png().toBuffer();
  const lying = await sharp(await testImage(3, 12, 16).rotate(270).png().toBuffer())
    .withMetadata({ orientation: 6 })
    .png()
    .toBuffer();
  const view = { ...plainView, mirrored: true, crop: { left: 0.25, top: 0.5, width: 0.5, height: 0.5 } };
  const settings = preprocessing({ size: [8, 6] });
  expect(await decodeImage(lying, settings, view)).toEqual(await decodeImage(upright, settings, view));
});

test('what can not be decoded is one sentence', async () => {
  const jpeg = await testImage(1, 200, 200).jpeg().toBuffer();
  const root = temporaryFolder({
    'cut.jpg': jpeg.subarray(0, jpeg.length - 200),
    'text.jpg': 'no image',
    'empty.jpg': '',
  });
  mkdirSync(join(root, 'folder.jpg'));
  const failure = (name: string): Promise<string> =>
    decodeImage(join(root, name), preprocessing()).then(
      () => 'no error',
      ({ code, message }) => `${code} ${message.replace(root, '~')}`,
    );
  expect(await failure('cut.jpg')).toBe(
    'image-unreadable An image must be a file that can be decoded. Received: ~/cut.jpg (it is damaged or cut short)',
  );
  expect(await failure('text.jpg')).toMatch(
    /^image-unreadable .*its content is no image that can be decoded/,
  );
  expect(await failure('gone.jpg')).toMatch(/^image-unreadable .*there is no such file/);
  expect(await failure('empty.jpg')).toMatch(/^image-unreadable/);
  expect(await failure('folder.jpg')).toMatch(/^image-unreadable/);
});

test('above the pixel limit an image is refused before it is decoded; below it, it takes little memory', async () => {
  const blank = sharp({ create: { width: 8300, height: 8300, channels: 3, background: '#805030' } });
  const root = temporaryFolder({
    'huge.png': await hugePng(20_000),
    'progressive.jpg': await hugeProgressiveJpeg(8300),
  });
  const path = (name: string): string => join(root, name);
  await blank.jpeg().toFile(path('large.jpg'));
  await expect(decodeImage(path('huge.png'), preprocessing())).rejects.toMatchObject({
    message: expect.stringMatching(/20000 x 20000 pixels; the limit is 268 megapixels/),
  });
  await expect(decodeImage(path('progressive.jpg'), preprocessing())).rejects.toMatchObject({
    message: expect.stringMatching(/8300 x 8300 pixels; the limit for progressive JPEG is 67 megapixels/),
  });
  const before = process.memoryUsage.rss();
  const decoded = await decodeImage(path('large.jpg'), preprocessing({ size: [2, 2] }));
  expect(largestDifference(decoded, repeated([128, 80, 48], 4))).toBeLessThan(3);
  expect(process.memoryUsage.rss() - before).toBeLessThan(120e6);
});

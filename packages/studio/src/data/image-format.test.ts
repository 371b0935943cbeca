import sharp from 'sharp';
import { expect, test } from 'vitest';
import { hasImageName, isDecodedFormat, sniffImageFormat } from './image-format.js';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

test('what sharp writes is recognised, and decoded', async () => {
  const image = sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } });
  for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const) {
    const sniffed = sniffImageFormat(await image.clone().toFormat(format).toBuffer());
    expect(sniffed).toBe(format);
    expect(isDecodedFormat(sniffed!)).toBe(true);
  }
});

test('other images are recognised by name', () => {
  const known: Record<string, string> = {
    bmp: 'BM\x36\x00\x0c\x00\0\0\0\0\x36\0\0\0',
    heic: '\0\0\0\x18ftypmif1\0\0\0\0mif1heic',
    avif: '\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf',
    'jpeg-xl': '\0\0\0\x0cJXL \r\n\x87\n',
    'jpeg-2000': '\0\0\0\x0cjP  \r\n\x87\n',
    photoshop: '8BPS\0\x01',
    svg: '\xef\xbb\xbf<?xml version="1.0"?>\n<!-- drawn -->\n<svg width="1">',
    tiff: 'MM\0*\0\0\0\x08',
  };
  for (const [format, text] of Object.entries(known)) expect(sniffImageFormat(bytes(text))).toBe(format);
});

test('text, video and nothing are no images', () => {
  for (const text of [
    '',
    'BMW is a car maker',
    '<html><body><svg></svg>',
    '\0\0\0\x18ftypisom\0\0\0\0isommp42',
    'RIFF1234WAVE',
  ]) {
    expect(sniffImageFormat(bytes(text)), text).toBeUndefined();
  }
});

test('names say what a file claims to be', () => {
  expect(['a.JPG', 'b.tiff', 'c.heic', 'd.webp'].every(hasImageName)).toBe(true);
  expect(['jpg', 'a.jpg.txt', 'cats', 'v1.0'].some(hasImageName)).toBe(false);
});

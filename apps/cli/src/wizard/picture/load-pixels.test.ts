import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadPixels } from './load-pixels.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-pixels-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('an image keeps its shape, is turned upright, and what is transparent is white', async () => {
  const file = join(folder, 'wide.png');
  await sharp({
    create: { width: 40, height: 20, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } },
  })
    .png()
    .toFile(file);
  const pixels = await loadPixels(file, { width: 10, height: 10 });
  expect([pixels.width, pixels.height]).toEqual([10, 5]);
  expect([...pixels.data.subarray(0, 3)]).toEqual([255, 255, 255]);
  const turned = join(folder, 'turned.jpg');
  await sharp(file).flatten().jpeg().withExif({}).withMetadata({ orientation: 6 }).toFile(turned);
  const upright = await loadPixels(turned, { width: 10, height: 10 });
  expect([upright.width, upright.height]).toEqual([5, 10]);
});

test('grey images come out in three colours', async () => {
  const file = join(folder, 'grey.png');
  await sharp({ create: { width: 8, height: 8, channels: 3, background: '#808080' } })
    .toColourspace('b-w')
    .png()
    .toFile(file);
  const { data } = await loadPixels(file, { width: 4, height: 4 });
  expect(data.length).toBe(4 * 4 * 3);
});

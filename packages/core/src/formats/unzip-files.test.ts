import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { boastfulZip } from '../testing/boastful-zip.js';
import { regraftErrorOf } from '../testing/regraft-error-of.js';
import { listZip, unzipFiles } from './unzip-files.js';

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

test('files come by name, stored or deflated; folders are left out', () => {
  const zip = zipSync({
    'a/': new Uint8Array(0),
    'a/b.txt': text('hello'),
    'c.bin': [new Uint8Array(3), { level: 0 }],
  });
  expect([...unzipFiles(zip)]).toEqual([
    ['a/b.txt', text('hello')],
    ['c.bin', new Uint8Array(3)],
  ]);
});

test.each(['../model.json', 'a/../../b', '/etc/passwd', 'C:\\x', '..\\x', 'a\0b'])(
  'a name that leaves the zip is unsafe: %s',
  async (name) => {
    const zip = zipSync({ 'model.json': text('{}'), [name]: text('x') });
    const error = await regraftErrorOf(() => unzipFiles(zip));
    expect(error).toMatchObject({ code: 'weights-unsafe', details: { name } });
  },
);

test('names that only look like it are fine', () => {
  const zip = zipSync({ '..a/b..': text('x'), 'ä/Ünïcode.json': text('y') });
  expect([...unzipFiles(zip).keys()]).toEqual(['..a/b..', 'ä/Ünïcode.json']);
});

const claimSize = (zip: Uint8Array, size: number): void => {
  const view = new DataView(zip.buffer);
  const directory = view.getUint32(zip.length - 6, true);
  view.setUint32(directory + 24, size, true);
  view.setUint32(22, size, true);
};

test('a bomb is refused by what it claims, before anything is inflated', async () => {
  const zip = zipSync({ a: new Uint8Array(1000), b: new Uint8Array(1000) });
  expect(await regraftErrorOf(() => unzipFiles(zip, { maxBytes: 1999 }))).toMatchObject({
    code: 'weights-unsafe',
  });
  expect(unzipFiles(zip, { maxBytes: 2000 }).size).toBe(2);
  claimSize(zip, 0xf0000000);
  const error = await regraftErrorOf(() => unzipFiles(zip));
  expect(error).toMatchObject({
    code: 'weights-unsafe',
    message: expect.stringContaining(`${0xf0000000 + 1000}`),
  });
});

test('a size that lies cannot make more than it says', async () => {
  const zip = zipSync({ a: new Uint8Array(1_000_000) });
  claimSize(zip, 10);
  try {
    expect(unzipFiles(zip).get('a')!.length).toBeLessThanOrEqual(10);
  } catch (error) {
    expect(error).toMatchObject({ code: 'weights-unreadable' });
  }
});

test('cut-off and other bytes are unreadable', async () => {
  const zip = zipSync({ a: text('hello '.repeat(100)) });
  for (const bytes of [
    new Uint8Array(0),
    text('hello'),
    zip.subarray(0, 20),
    zip.subarray(0, zip.length - 10),
  ]) {
    expect((await regraftErrorOf(() => unzipFiles(bytes))).code).toBe('weights-unreadable');
  }
});

test('a directory of more entries than the file has room for is not walked through', () => {
  expect(() => listZip(boastfulZip())).toThrow('more files than it has room for');
});

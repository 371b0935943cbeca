import { createHash } from 'node:crypto';
import { readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, collect, temporaryStore, textOf } from '../testing/temporary-store.js';

async function* chunksOf(bytes: Uint8Array, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (const length of lengths) {
    yield bytes.subarray(start, start + length);
    start += length;
  }
  yield bytes.subarray(start);
}

test('any content comes back as it was put, under its sha256, whole or in chunks', async () => {
  const store = await temporaryStore();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), fc.array(fc.nat(1000)), async (bytes, lengths) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      expect(await store.blobs.put(chunksOf(bytes, lengths))).toEqual({ sha256, bytes: bytes.length });
      expect(await store.blobs.put(bytes)).toEqual({ sha256, bytes: bytes.length });
      expect(Buffer.from(await store.blobs.get(sha256)).equals(bytes)).toBe(true);
    }),
    { numRuns: 50 },
  );
  expect(await readdir(join(store.path, 'tmp'))).toEqual([]);
});

test('the same content put at once, many times, is one file', async () => {
  const store = await temporaryStore();
  const put = await Promise.all(Array.from({ length: 20 }, () => store.blobs.put(bytesOf('same'))));
  expect(new Set(put.map(({ sha256 }) => sha256)).size).toBe(1);
  const listed = await collect(store.blobs.list());
  expect(listed).toMatchObject([{ sha256: put[0]!.sha256, bytes: 4 }]);
});

test('content put again counts as new, so that gc leaves it alone', async () => {
  const store = await temporaryStore();
  const { sha256 } = await store.blobs.put(bytesOf('old'));
  await utimes(store.blobs.path(sha256), new Date(0), new Date(0));
  await store.blobs.put(bytesOf('old'));
  expect((await stat(store.blobs.path(sha256))).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
});

test('a stream that fails leaves nothing behind', async () => {
  const store = await temporaryStore();
  const broken = (async function* () {
    yield bytesOf('half');
    throw new Error('the source broke');
  })();
  await expect(store.blobs.put(broken)).rejects.toThrow('the source broke');
  expect(await readdir(join(store.path, 'tmp'))).toEqual([]);
  expect(await collect(store.blobs.list())).toEqual([]);
});

test('a blob that was changed is refused, a missing one is told', async () => {
  const store = await temporaryStore();
  const { sha256 } = await store.blobs.put(bytesOf('right'));
  await writeFile(store.blobs.path(sha256), 'wrong');
  await expect(store.blobs.get(sha256)).rejects.toMatchObject({ code: 'store-corrupt' });
  await rm(store.blobs.path(sha256));
  expect(await store.blobs.has(sha256)).toBe(false);
  await expect(store.blobs.get(sha256)).rejects.toMatchObject({ code: 'record-not-found' });
  expect(textOf(await store.blobs.get((await store.blobs.put(bytesOf('right'))).sha256))).toBe('right');
});

test.each(['', '..', '../../etc/passwd', 'AB'.repeat(32), 'a'.repeat(63)])(
  '%j names no blob',
  async (name) => {
    const store = await temporaryStore();
    expect(() => store.blobs.path(name)).toThrow(expect.objectContaining({ code: 'usage-invalid' }));
    await expect(store.blobs.get(name)).rejects.toMatchObject({ code: 'usage-invalid' });
  },
);

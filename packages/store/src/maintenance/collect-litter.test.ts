import { readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bytesOf, temporaryStore, textOf } from '../testing/temporary-store.js';

const now = { graceMilliseconds: -1000 };
const version = { labels: ['a'], files: { 'weights.bin': bytesOf('weights') }, card: { a: 1 }, metrics: {} };

test('a dry run lists exactly what gc then removes', async () => {
  const store = await temporaryStore();
  await store.versions.create(version);
  await store.versions.create({ ...version, files: { 'weights.bin': bytesOf('other') }, card: { a: 2 } });
  await store.versions.delete('v2');
  await writeFile(join(store.path, 'tmp', 'half'), 'written');
  await writeFile(join(store.path, 'activations', 'unknown.f32'), '12345678');

  const planned = await store.gc({ ...now, dryRun: true });
  expect(planned.removed.map(({ kind }) => kind)).toEqual(['temporary', 'blob', 'blob', 'shard']);
  expect(planned.bytes).toBe(7 + 'other'.length + '{\n  "a": 2\n}\n'.length + 8);
  expect(await readdir(join(store.path, 'tmp'))).toEqual(['half']);
  expect(await store.gc(now)).toEqual(planned);
  expect(await store.gc(now)).toEqual({ removed: [], bytes: 0 });
  expect(await readdir(join(store.path, 'tmp'))).toEqual([]);
  expect(textOf(await store.blobs.get((await store.versions.get('v1')).files[1]!.sha256))).toBe('weights');
  expect(await store.check(now)).toMatchObject({ healthy: true, litter: [] });
});

test('what is young stays for an hour', async () => {
  const store = await temporaryStore();
  const young = await store.blobs.put(bytesOf('young'));
  const old = await store.blobs.put(bytesOf('old'));
  const twoHoursAgo = new Date(Date.now() - 7_200_000);
  await utimes(store.blobs.path(old.sha256), twoHoursAgo, twoHoursAgo);
  expect((await store.gc()).removed).toEqual([{ kind: 'blob', name: old.sha256, bytes: 3 }]);
  expect((await stat(store.blobs.path(young.sha256))).size).toBe(5);
});

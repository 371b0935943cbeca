import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'libsql';
import { expect, test } from 'vitest';
import type { Store } from '../store.js';
import { bytesOf, openTestStore, temporaryStore } from '../testing/temporary-store.js';

const now = { graceMilliseconds: -1000 };
const spaceName = 'f'.repeat(64);

/** A store with a version, a run with a checkpoint, and two shards of activations. */
const filledStore = async (): Promise<Store> => {
  const store = await temporaryStore();
  const files = { 'model.json': bytesOf('{}'), 'weights.bin': bytesOf('weights') };
  await store.versions.create({ name: 'one', labels: ['a'], files, card: {}, metrics: {} });
  await store.runs.create({ kind: 'fit', recipe: {} });
  await store.runs.claim(1);
  await store.runs.setCheckpoint(1, bytesOf('checkpoint'), { epoch: 3 });
  const space = await store.activations.open({ space: spaceName, rowLength: 2 });
  await space.append([{ key: 'a'.repeat(64), values: Float32Array.of(1, 2) }]);
  await space.append([{ key: 'b'.repeat(64), values: Float32Array.of(3, 4) }]);
  return store;
};

const blobOf = async (store: Store, name: string): Promise<string> =>
  (await store.versions.get('v1')).files.find((file) => file.name === name)!.sha256;

test('a whole store is healthy, and progress tells of every file', async () => {
  const store = await filledStore();
  const progress: [number, number][] = [];
  const report = await store.check({ ...now, onProgress: (done, total) => progress.push([done, total]) });
  expect(report).toMatchObject({ healthy: true, problems: [], litter: [], checked: { shards: 2 } });
  expect(report.checked.blobs).toBe((await store.summary()).blobs.count);
  const total = report.checked.blobs + 2;
  expect(progress).toEqual(Array.from({ length: total }, (_, index) => [index + 1, total]));
});

test('a corrupt blob is told with who needs it, quarantined, and mended by putting it again', async () => {
  const store = await filledStore();
  const sha256 = await blobOf(store, 'weights.bin');
  await writeFile(store.blobs.path(sha256), 'weighty');
  const found = await store.check();
  expect(found).toMatchObject({
    healthy: false,
    problems: [
      { kind: 'blob-corrupt', what: expect.stringContaining('version v1 (weights.bin)'), repaired: false },
    ],
  });

  const repaired = await store.check({ repair: true });
  expect(repaired.problems.map(({ kind, repaired }) => [kind, repaired])).toEqual([
    ['blob-corrupt', false],
    ['blob-missing', false],
  ]);
  expect(await readdir(join(store.path, 'quarantine'))).toEqual([sha256]);

  await store.blobs.put(bytesOf('weights'));
  expect(await store.check()).toMatchObject({ healthy: true, problems: [] });
});

test('a run forgets a checkpoint that is lost', async () => {
  const store = await filledStore();
  await rm(store.blobs.path((await store.runs.get(1)).checkpoint!));
  const what = expect.stringContaining('run 1 (checkpoint)');
  expect((await store.check()).problems).toMatchObject([{ kind: 'blob-missing', what, repaired: false }]);
  expect(await store.check({ repair: true })).toMatchObject({
    healthy: true,
    problems: [{ repaired: true }],
  });
  expect(await store.runs.get(1)).toMatchObject({
    checkpoint: null,
    checkpointDetails: null,
    status: 'running',
  });
  expect(await store.check()).toMatchObject({ problems: [] });
});

test('damaged activations are dropped, to be computed again', async () => {
  const store = await filledStore();
  const [first, second] = (await readdir(join(store.path, 'activations'))).map((name) =>
    join(store.path, 'activations', name),
  );
  await rm(first!);
  await writeFile(second!, Buffer.from(Float32Array.of(5, 6).buffer));
  const kinds = (await store.check()).problems.map(({ kind }) => kind).sort();
  expect(kinds).toEqual(['shard-corrupt', 'shard-missing']);
  expect(await store.check({ repair: true })).toMatchObject({ healthy: true });
  expect(await store.check()).toMatchObject({ problems: [] });
  const space = await store.activations.open({ space: spaceName, rowLength: 2 });
  expect(await space.missing(['a'.repeat(64), 'b'.repeat(64)])).toHaveLength(2);
  expect(await readdir(join(store.path, 'activations'))).toEqual([]);
});

test('what nothing refers to is no problem but litter, once it is old enough', async () => {
  const store = await filledStore();
  const { sha256 } = await store.blobs.put(bytesOf('orphan'));
  await writeFile(join(store.path, 'tmp', 'half'), 'written');
  await writeFile(join(store.path, 'activations', 'unknown.f32'), '12345678');
  expect(await store.check()).toMatchObject({ healthy: true, problems: [], litter: [] });
  const litter = [
    { kind: 'temporary', name: 'half', bytes: 7 },
    { kind: 'blob', name: sha256, bytes: 6 },
    { kind: 'shard', name: 'unknown.f32', bytes: 8 },
  ];
  expect(await store.check(now)).toMatchObject({ healthy: true, problems: [], litter });
  expect((await store.check({ ...now, repair: true })).litter).toEqual(litter.slice(1));
  expect(await readdir(join(store.path, 'tmp'))).toEqual([]);
});

test('rows that refer to nothing are told', async () => {
  const store = await filledStore();
  const database = new Database(join(store.path, 'store.db'));
  database.exec("pragma foreign_keys = off; insert into events (run_id, at, event) values (99, 0, '{}')");
  database.close();
  expect((await store.check()).problems).toMatchObject([
    { kind: 'reference-broken', what: expect.stringContaining('events'), repaired: false },
  ]);
});

test('an index that lost an entry is built anew', async () => {
  const store = await filledStore();
  await store.close();
  const path = join(store.path, 'store.db');
  const database = new Database(path);
  // An index whose definition no longer fits its content is how SQLite's own tests break one.
  database.exec(`pragma writable_schema = on;
    update sqlite_schema set sql = 'create index runs_by_status on runs (kind)' where name = 'runs_by_status'`);
  database.close();
  const again = await openTestStore(store.path);
  expect(await again.check()).toMatchObject({ healthy: false, problems: [{ kind: 'database-damaged' }] });
  expect(await again.check({ repair: true })).toMatchObject({ healthy: true });
  expect(await again.check()).toMatchObject({ healthy: true, problems: [] });
});

test('a check can be aborted', async () => {
  const store = await filledStore();
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(store.check({ signal })).rejects.toThrow('enough');
  await expect(store.gc({ ...now, signal })).resolves.toEqual({ removed: [], bytes: 0 });
});

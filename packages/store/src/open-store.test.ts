import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'libsql';
import { expect, test } from 'vitest';
import { openStore } from './open-store.js';
import { startScript } from './testing/child-process.js';
import {
  bytesOf,
  collect,
  openTestStore,
  temporaryFolder,
  temporaryStore,
} from './testing/temporary-store.js';

const run = { kind: 'fit', recipe: {} };

test('a new store ignores itself and is found again', async () => {
  const path = join(await temporaryFolder(), 'not yet', '.regraft');
  const store = await openTestStore(path);
  expect(store).toMatchObject({ path, readOnly: false });
  expect(await readFile(join(path, '.gitignore'), 'utf8')).toBe('*\n');
  await store.runs.create(run);
  await store.close();
  const again = await openTestStore(path, { mode: 'existing' });
  expect(await again.runs.list()).toHaveLength(1);
});

test.each(['#', '?', '%20', ' ', "'", 'ä花'])('a path may hold %j', async (part) => {
  const path = join(await temporaryFolder(), `a${part}b`, '.regraft');
  const store = await openTestStore(path);
  await store.runs.create(run);
  const reader = await openTestStore(path, { mode: 'read-only' });
  expect(await reader.runs.list()).toHaveLength(1);
});

test('many may make the same store at once', async () => {
  const path = join(await temporaryFolder(), '.regraft');
  const stores = await Promise.all(Array.from({ length: 8 }, () => openTestStore(path)));
  await Promise.all(stores.map((store) => store.runs.create(run)));
  expect((await stores[0]!.runs.list()).map(({ id }) => id)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
});

test('where there is no store, an existing one is asked for in vain and nothing is made', async () => {
  const folder = await temporaryFolder();
  for (const mode of ['existing', 'read-only'] as const) {
    await expect(openStore(join(folder, 'x'), { mode })).rejects.toMatchObject({ code: 'store-not-found' });
    await expect(openStore(folder, { mode })).rejects.toMatchObject({ code: 'store-not-found' });
  }
  expect(await readdir(folder)).toEqual([]);
});

test('a file is no store, nor is a folder with other things in it, and both stay as they are', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'photo.jpg'), 'x');
  await expect(openStore(join(folder, 'photo.jpg'))).rejects.toMatchObject({
    code: 'store-not-found',
    message: expect.stringContaining('a file'),
  });
  await expect(openStore(folder)).rejects.toMatchObject({
    code: 'store-not-found',
    message: expect.stringContaining('photo.jpg'),
  });
  await expect(openStore(join(folder, 'photo.jpg', 'deeper'))).rejects.toMatchObject({
    code: 'store-not-found',
  });
  expect(await readdir(folder)).toEqual(['photo.jpg']);
});

test('a store that was only begun is made whole', async () => {
  const path = await temporaryFolder();
  await mkdir(join(path, 'blobs'));
  await writeFile(join(path, 'store.db'), '');
  const store = await openTestStore(path);
  expect((await store.runs.create(run)).id).toBe(1);
});

test('a closed store is whole in its database file alone', async () => {
  const store = await temporaryStore();
  await store.runs.create(run);
  await store.close();
  const copy = join(await temporaryFolder(), 'copy');
  await mkdir(copy);
  await copyFile(join(store.path, 'store.db'), join(copy, 'store.db'));
  expect(await (await openTestStore(copy)).runs.list()).toHaveLength(1);
});

test('a store made by a newer program is refused with a sentence', async () => {
  const { path, close } = await temporaryStore();
  await close();
  const database = new Database(join(path, 'store.db'));
  database.exec('pragma user_version = 99');
  database.close();
  for (const mode of ['create', 'read-only'] as const) {
    await expect(openStore(path, { mode })).rejects.toMatchObject({
      code: 'store-newer',
      message: expect.stringContaining('of schema 99'),
      hint: expect.stringContaining('Update Regraft'),
    });
  }
});

test('what is no database, or that of another program, is refused and left as it is', async () => {
  const path = await temporaryFolder();
  const file = join(path, 'store.db');
  const junk = Buffer.alloc(10_000, 'junk');
  await writeFile(file, junk);
  await expect(openStore(path)).rejects.toMatchObject({
    code: 'store-corrupt',
    hint: expect.stringContaining('Put a copy of its store.db back'),
  });
  expect((await readFile(file)).equals(junk)).toBe(true);

  await rm(file);
  const database = new Database(file);
  database.exec('create table notes (text); pragma user_version = 3');
  database.close();
  await expect(openStore(path)).rejects.toMatchObject({
    code: 'store-corrupt',
    message: expect.stringContaining('another program'),
  });
});

test('a damaged database is told as such when it is met', async () => {
  const store = await temporaryStore();
  for (let index = 0; index < 300; index++)
    await store.runs.create({ kind: 'fit', recipe: { text: 'x'.repeat(500) } });
  await store.close();
  const file = join(store.path, 'store.db');
  const content = await readFile(file);
  content.fill(0xff, 200_000);
  await writeFile(file, content);
  const damaged = await openTestStore(store.path);
  await expect(damaged.runs.list({ limit: 1000 })).rejects.toMatchObject({
    code: 'store-corrupt',
    hint: expect.stringContaining('regraft store check'),
  });
  expect(await damaged.check()).toMatchObject({ healthy: false });
});

test('a read-only store reads while another writes, and writes nothing', async () => {
  const store = await temporaryStore();
  const { sha256 } = await store.blobs.put(bytesOf('content'));
  await store.runs.create(run);
  await store.runs.claim(1);
  const reader = await openTestStore(store.path, { mode: 'read-only' });
  expect(reader.readOnly).toBe(true);
  await store.events.append(1, [{ type: 'a' }]);
  expect(await reader.events.list(1)).toHaveLength(1);
  expect(await reader.blobs.has(sha256)).toBe(true);
  expect(await reader.runs.sweep()).toEqual([]);
  const space = await reader.activations.open({ space: 'f'.repeat(64), rowLength: 1 });
  expect(await space.missing(['a'.repeat(64)])).toHaveLength(1);

  const refused = { code: 'store-read-only' };
  await expect(reader.runs.create(run)).rejects.toMatchObject(refused);
  await expect(reader.runs.heartbeat(1)).rejects.toMatchObject(refused);
  await expect(reader.blobs.put(bytesOf('x'))).rejects.toMatchObject(refused);
  const rows = [{ key: 'a'.repeat(64), values: new Float32Array(1) }];
  await expect(space.append(rows)).rejects.toMatchObject(refused);
  await expect(reader.gc()).rejects.toMatchObject(refused);
  await expect(reader.check({ repair: true })).rejects.toMatchObject(refused);
  expect(await reader.check()).toMatchObject({ healthy: true });
  expect((await reader.gc({ dryRun: true })).removed).toEqual([]);
});

test('a store that is removed while it is open says so, and nothing of it comes back', async () => {
  const store = await temporaryStore();
  const { sha256 } = await store.blobs.put(bytesOf('content'));
  await store.runs.create(run);
  const space = await store.activations.open({ space: 'f'.repeat(64), rowLength: 1 });
  await rm(store.path, { recursive: true });
  const rows = [{ key: 'a'.repeat(64), values: new Float32Array(1) }];
  const attempts = {
    create: () => store.runs.create(run),
    runs: () => store.runs.list(),
    append: () => store.events.append(1, [{}]),
    follow: () => store.events.follow(1).next(),
    put: () => store.blobs.put(bytesOf('new')),
    putAgain: () => store.blobs.put(bytesOf('content')),
    get: () => store.blobs.get(sha256),
    has: () => store.blobs.has(sha256),
    version: () => store.versions.create({ labels: [], files: { a: bytesOf('x') }, card: {}, metrics: {} }),
    activations: () => space.append(rows),
    missing: () => space.missing(['a'.repeat(64)]),
    list: () => collect(store.blobs.list()),
    check: () => store.check({ repair: true }),
    gc: () => store.gc(),
    summary: () => store.summary(),
  };
  for (const [name, attempt] of Object.entries(attempts)) {
    await expect(attempt(), name).rejects.toMatchObject({ code: 'store-not-found' });
  }
  await expect(readdir(store.path)).rejects.toThrow('ENOENT');
});

test('a store that is replaced by another while it is open is not written to', async () => {
  const store = await temporaryStore();
  await rm(store.path, { recursive: true });
  const other = await openTestStore(store.path);
  await expect(store.runs.create(run)).rejects.toMatchObject({ code: 'store-not-found' });
  expect(await other.runs.list()).toEqual([]);
});

test('a lock that another process holds too long is told, a shorter one is waited for', async () => {
  const store = await temporaryStore({ busyMilliseconds: 200 });
  const patient = await openTestStore(store.path);
  await store.runs.create(run);
  const holder = startScript(new URL('./testing/hold-lock.mjs', import.meta.url), [store.path]);
  await new Promise((resolve) => holder.process.stdout!.once('data', resolve));
  const waiting = patient.runs.create(run);
  await expect(store.runs.create(run)).rejects.toMatchObject({ code: 'store-busy' });
  await expect(store.knownFiles.remember([{ path: '/a', stamp: 's', facts: 1 }])).rejects.toMatchObject({
    code: 'store-busy',
  });
  // Readers do not wait for writers.
  expect(await store.runs.list()).toHaveLength(1);
  holder.process.kill('SIGKILL');
  await holder.ended;
  expect((await waiting).id).toBe(2);
  expect((await store.runs.create(run)).id).toBe(3);
});

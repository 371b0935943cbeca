import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, test } from 'vitest';
import { openStore } from '../open-store.js';
import { openTestStore, temporaryFolder, temporaryStore } from '../testing/temporary-store.js';
import { migrations } from './migrations.js';

const pragma = (path: string, name: string): unknown => {
  const database = new Libsql(join(path, 'store.db'));
  const [row] = database.prepare(`pragma ${name}`).all() as Record<string, unknown>[];
  database.close();
  return row![name];
};

test('a store has the latest schema, is marked as ours, and is left alone when it is opened again', async () => {
  const store = await temporaryStore();
  await store.runs.create({ kind: 'fit', recipe: {} });
  expect(pragma(store.path, 'user_version')).toBe(migrations.length);
  expect(pragma(store.path, 'application_id')).toBe(0x52474654);
  const again = await openTestStore(store.path);
  expect(await again.runs.list()).toHaveLength(1);
});

test('a store that is not up to date is brought up to date by a writer, and not read before', async () => {
  const path = await temporaryFolder();
  const database = new Libsql(join(path, 'store.db'));
  database.exec('create table left_over (text)');
  database.close();
  await expect(openStore(path, { mode: 'read-only' })).rejects.toMatchObject({
    code: 'store-read-only',
    message: expect.stringContaining('brought up to date'),
  });
  const store = await openTestStore(path);
  expect(await store.runs.list()).toEqual([]);
});

test('a migration that fails leaves the store as it was', async () => {
  const path = await temporaryFolder();
  const database = new Libsql(join(path, 'store.db'));
  // The name of the last table is taken, so the migration fails after many statements.
  database.exec('create table known_files (text)');
  await expect(openStore(path)).rejects.toThrow('known_files');
  const tables = database.prepare("select name from sqlite_schema where type = 'table'").all();
  expect(tables).toEqual([{ name: 'known_files' }]);
  database.close();
});

test('a store of an earlier schema keeps what is in it', async () => {
  const path = await temporaryFolder();
  const database = new Libsql(join(path, 'store.db'));
  for (const statement of migrations[0]!) database.exec(statement);
  database.exec('pragma application_id = 0x52474654; pragma user_version = 1');
  database.exec(
    `insert into runs (kind, status, recipe, created_at) values ('fit', 'queued', '{"epochs":3}', 1)`,
  );
  database.exec("insert into alias_moves (name, at, by) values ('champion', 1, 'ada')");
  database.close();
  const store = await openTestStore(path);
  expect(await store.runs.get(1)).toMatchObject({ kind: 'fit', status: 'queued', recipe: { epochs: 3 } });
  expect(await store.check()).toMatchObject({ healthy: true, problems: [] });
  expect(await store.knownFiles.recall([{ path: '/a', stamp: 's' }])).toEqual([undefined]);
  expect(await store.aliases.history()).toMatchObject([
    { name: 'champion', by: 'ada', note: null, evidence: null },
  ]);
});

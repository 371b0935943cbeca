import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../database/open-database.js';
import { storeLayout } from '../store-layout.js';
import { openTestStore, temporaryStore } from '../testing/temporary-store.js';
import { createKnownFileStore } from './known-file-store.js';

test('facts are recalled in order while the stamp is the same, by any process', async () => {
  const store = await temporaryStore();
  await store.knownFiles.remember([
    { path: '/photos/å.jpg', stamp: '1', facts: { sha256: 'a' } },
    { path: '/photos/b.jpg', stamp: '2', facts: { sha256: 'b' } },
  ]);
  const other = await openTestStore(store.path);
  expect(
    await other.knownFiles.recall([
      { path: '/photos/b.jpg', stamp: '2' },
      { path: '/photos/new.jpg', stamp: '2' },
      { path: '/photos/å.jpg', stamp: '9' },
      { path: '/photos/b.jpg', stamp: '2' },
    ]),
  ).toEqual([{ sha256: 'b' }, undefined, undefined, { sha256: 'b' }]);
  await other.knownFiles.remember([{ path: '/photos/å.jpg', stamp: '9', facts: { sha256: 'c' } }]);
  expect(await store.knownFiles.recall([{ path: '/photos/å.jpg', stamp: '9' }])).toEqual([{ sha256: 'c' }]);
});

test('more files than one statement takes', async () => {
  const { knownFiles } = await temporaryStore();
  const files = Array.from({ length: 3500 }, (_, index) => ({ path: `/${index}`, stamp: 's', facts: index }));
  await knownFiles.remember(files);
  expect(await knownFiles.recall(files)).toEqual(files.map(({ facts }) => facts));
  await knownFiles.remember([]);
  expect(await knownFiles.recall([])).toEqual([]);
});

test('beyond the limit the files seen longest ago are forgotten', async () => {
  const { path } = await temporaryStore();
  const layout = storeLayout(path);
  const database = await openDatabase(layout, { readOnly: false, busyMilliseconds: 1000 });
  onTestFinished(() => database.destroy());
  const knownFiles = createKnownFileStore({ layout, database, readOnly: false }, 3);
  const file = (name: string) => ({ path: name, stamp: 's', facts: name });
  await knownFiles.remember(['a', 'b', 'c'].map(file));
  await database.updateTable('known_files').set({ seen_at: 5 }).where('path', 'in', ['a', 'b']).execute();
  // Being asked for counts as being seen.
  await knownFiles.recall([file('a')]);
  await knownFiles.remember([file('d')]);
  expect(await knownFiles.recall(['a', 'b', 'c', 'd'].map(file))).toEqual(['a', undefined, 'c', 'd']);
});

test('a store that is only read recalls, and writes nothing', async () => {
  const store = await temporaryStore();
  await store.knownFiles.remember([{ path: '/a', stamp: 's', facts: 1 }]);
  const reader = await openTestStore(store.path, { mode: 'read-only' });
  expect(await reader.knownFiles.recall([{ path: '/a', stamp: 's' }])).toEqual([1]);
  await expect(reader.knownFiles.remember([{ path: '/b', stamp: 's', facts: 1 }])).rejects.toMatchObject({
    code: 'store-read-only',
  });
});

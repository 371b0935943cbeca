import { expect, onTestFinished, test } from 'vitest';
import { testStore } from '../testing/fit-version.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { deleteVersion, isHeld, planDeletion } from './delete-version.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** v1, and v2 that was trained from it; they share one file. */
const storeOfTwo = async () => {
  const store = await testStore(temporaryFolder());
  onTestFinished(() => store.close());
  const files = { 'model.json': bytesOf('shared') };
  const version = { labels: ['ants'], card: {}, metrics: {} };
  await store.versions.create({
    ...version,
    name: 'insects',
    files: { ...files, 'a.bin': bytesOf('12345') },
  });
  await store.versions.create({ ...version, parent: 'v1', files: { ...files, 'b.bin': bytesOf('123') } });
  return store;
};

test('a plan says what holds a version and what its own files take, and changes nothing', async () => {
  const store = await storeOfTwo();
  await store.aliases.set('champion', 'v1');
  const plan = await planDeletion(store, 'insects');
  expect(plan).toEqual({
    version: 'v1',
    name: 'insects',
    holders: { aliases: ['champion'], children: ['v2'], runs: [] },
    // The cards are equal, so they are shared as well.
    bytes: 5,
  });
  expect(isHeld(plan)).toBe(true);
  expect(await store.versions.list()).toHaveLength(2);
});

test('what is free is deleted, what is held by force only', async () => {
  const store = await storeOfTwo();
  await expect(deleteVersion(store, 'v1')).rejects.toMatchObject({ code: 'record-conflict' });
  expect(await deleteVersion(store, 'v2')).toMatchObject({ version: 'v2', bytes: 3 });
  const again = await storeOfTwo();
  expect(await deleteVersion(again, 'v1', { force: true })).toMatchObject({ version: 'v1' });
  expect((await again.versions.list()).map(({ id }) => id)).toEqual(['v2']);
});

import { expect, test } from 'vitest';
import { bytesOf, temporaryStore, textOf } from '../testing/temporary-store.js';

test('the same manifest twice is one data set, with the latest name and path', async () => {
  const store = await temporaryStore();
  const dataset = { path: '/photos', manifest: bytesOf('[1]'), images: 1, labels: ['ant', 'bee'] };
  const first = await store.datasets.record({ ...dataset, name: 'old' });
  const again = await store.datasets.record({
    ...dataset,
    name: 'new',
    path: '/moved',
    details: { broken: 2 },
  });
  expect(again).toEqual({ ...first, name: 'new', path: '/moved', details: { broken: 2 } });
  const other = await store.datasets.record({ ...dataset, name: 'other', manifest: bytesOf('[2]') });
  expect(await store.datasets.list()).toEqual([other, again]);
  expect(textOf(await store.blobs.get(again.manifest))).toBe('[1]');
});

test('a manifest may be a blob of the store, and only of the store', async () => {
  const store = await temporaryStore();
  const { sha256 } = await store.blobs.put(bytesOf('[]'));
  const dataset = { name: 'x', path: '/x', images: 0, labels: [] };
  const recorded = await store.datasets.record({ ...dataset, manifest: sha256 });
  expect(await store.datasets.get(recorded.id)).toEqual(recorded);
  const missing = store.datasets.record({ ...dataset, manifest: '0'.repeat(64) });
  await expect(missing).rejects.toMatchObject({ code: 'record-not-found' });
  await expect(store.datasets.get(99)).rejects.toMatchObject({ code: 'record-not-found' });
});

import { stat, utimes } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../database/open-database.js';
import { storeLayout } from '../store-layout.js';
import { bytesOf, collect, temporaryStore, textOf } from '../testing/temporary-store.js';
import { removeBlob } from './remove-blob.js';

/** Another process, in effect: a connection of its own to the store's database. */
const remover = async (
  path: string,
): Promise<(sha256: string, putBefore: number) => Promise<number | null>> => {
  const layout = storeLayout(path);
  const database = await openDatabase(layout, { readOnly: false, busyMilliseconds: 10_000 });
  onTestFinished(() => database.destroy());
  return (sha256, putBefore) =>
    database.transaction().execute((transaction) => removeBlob(transaction, layout, sha256, putBefore));
};

test('a blob is removed when nothing refers to it and nobody has put it since', async () => {
  const store = await temporaryStore();
  const remove = await remover(store.path);
  const { sha256 } = await store.blobs.put(bytesOf('content'));
  const putAt = (await stat(store.blobs.path(sha256))).mtimeMs;
  expect(await remove(sha256, putAt)).toBeNull();
  const files = { 'weights.bin': sha256 };
  const { id } = await store.versions.create({ labels: [], files, card: {}, metrics: {} });
  expect(await remove(sha256, putAt + 1)).toBeNull();
  await store.versions.delete(id);
  expect(await remove(sha256, putAt + 1)).toBe(7);
  expect(await remove(sha256, putAt + 1)).toBeNull();
});

test('what is written while another process removes at once never lacks a blob', async () => {
  const store = await temporaryStore();
  const remove = await remover(store.path);
  let writing = true;
  let removed = 0;
  const removing = (async () => {
    while (writing) {
      for (const { sha256 } of await collect(store.blobs.list())) {
        if ((await remove(sha256, Number.POSITIVE_INFINITY)) !== null) removed++;
      }
      await new Promise(setImmediate);
    }
  })();
  try {
    for (let index = 0; index < 60; index++) {
      const files = {
        'weights.bin': bytesOf(`weights ${index % 7}`),
        'model.json': bytesOf(`model ${index}`),
      };
      const { id } = await store.versions.create({ labels: [], files, card: {}, metrics: {} });
      expect(textOf(await store.versions.readFile(id, 'weights.bin'))).toBe(`weights ${index % 7}`);
      if (index % 3 === 0) await store.versions.delete(id);
    }
  } finally {
    writing = false;
    await removing;
  }
  expect(removed).toBeGreaterThan(0);
  expect(await store.check()).toMatchObject({ healthy: true, problems: [] });
});

test('a blob that is put again while it is removed stays', async () => {
  const store = await temporaryStore();
  const remove = await remover(store.path);
  for (let round = 0; round < 50; round++) {
    const content = bytesOf(`content ${round}`);
    const { sha256 } = await store.blobs.put(content);
    await utimes(store.blobs.path(sha256), new Date(0), new Date(0));
    await Promise.all([remove(sha256, Date.now() - 60_000), store.blobs.put(content)]);
    expect(textOf(await store.blobs.get(sha256))).toBe(`content ${round}`);
  }
});

import { expect, test } from 'vitest';
import { bytesOf, temporaryStore, textOf } from '../testing/temporary-store.js';

test('an asset keeps its content from gc until it is replaced or deleted', async () => {
  const store = await temporaryStore();
  const first = await store.assets.set('backbone', bytesOf('weights 1'), { source: 'a wheel' });
  await store.gc({ graceMilliseconds: 0 });
  expect(await store.assets.find('backbone')).toEqual(first);
  expect(textOf(await store.blobs.get(first.sha256))).toBe('weights 1');

  const second = await store.assets.set('backbone', bytesOf('weights 2'));
  expect(await store.assets.list()).toEqual([second]);
  const collected = await store.gc({ graceMilliseconds: -1000 });
  expect(collected.removed).toEqual([{ kind: 'blob', name: first.sha256, bytes: 9 }]);

  expect(await store.assets.delete('backbone')).toBe(true);
  expect(await store.assets.delete('backbone')).toBe(false);
  expect(await store.assets.find('backbone')).toBeUndefined();
});

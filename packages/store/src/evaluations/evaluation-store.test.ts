import { expect, test } from 'vitest';
import { temporaryStore } from '../testing/temporary-store.js';

const version = { labels: ['a'], files: {}, card: {}, metrics: {} };

test('evaluations are listed newest first, of all versions or one', async () => {
  const store = await temporaryStore();
  await store.versions.create({ ...version, name: 'one' });
  await store.versions.create({ ...version, name: 'two' });
  const first = await store.evaluations.record({ version: 'one', report: { accuracy: 0.5 } });
  const second = await store.evaluations.record({ version: 'v2', report: { accuracy: 0.75 } });
  expect(first).toMatchObject({ id: 1, version: 'v1', dataset: null, report: { accuracy: 0.5 } });
  expect(await store.evaluations.list()).toEqual([second, first]);
  expect(await store.evaluations.list({ version: 'one' })).toEqual([first]);
  await expect(store.evaluations.record({ version: 'three', report: {} })).rejects.toMatchObject({
    code: 'record-not-found',
  });
});

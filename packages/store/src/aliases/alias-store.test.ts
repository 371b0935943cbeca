import { expect, test } from 'vitest';
import { temporaryStore } from '../testing/temporary-store.js';

const version = { labels: ['a'], files: {}, card: {}, metrics: {} };

test('an alias moves, and its history tells who moved it from where to where', async () => {
  const store = await temporaryStore();
  await store.versions.create(version);
  await store.versions.create(version);
  await store.aliases.set('champion', 'v1', { by: 'ada' });
  await store.aliases.set('champion', 'v2', { by: 'grace' });
  await store.aliases.set('champion', 'v2', { by: 'nobody: it stays where it is' });
  expect(await store.aliases.list()).toMatchObject([{ name: 'champion', version: 'v2' }]);
  await store.aliases.delete('champion', { by: 'ada' });
  await store.aliases.set('other', 'v1');
  expect(await store.aliases.history('champion')).toMatchObject([
    { from: 'v2', to: null, by: 'ada' },
    { from: 'v1', to: 'v2', by: 'grace' },
    { from: null, to: 'v1', by: 'ada' },
  ]);
  expect(await store.aliases.history()).toHaveLength(4);
  expect((await store.aliases.history('other'))[0]!.by).not.toBe('');
});

test('an unknown alias or version is told with the nearest names', async () => {
  const store = await temporaryStore();
  await store.versions.create(version);
  await store.aliases.set('champion', 'v1');
  await expect(store.aliases.delete('champoin')).rejects.toMatchObject({
    code: 'record-not-found',
    hint: 'Did you mean champion?',
  });
  await expect(store.aliases.set('x', 'v9')).rejects.toMatchObject({ code: 'record-not-found' });
  await expect(store.aliases.set('v3', 'v1')).rejects.toMatchObject({ code: 'usage-invalid' });
});

test('a move keeps why it was made and what was measured', async () => {
  const store = await temporaryStore();
  await store.versions.create(version);
  await store.aliases.set('champion', 'v1', { note: 'the first', evidence: { n: 77 } });
  await store.aliases.delete('champion');
  expect(await store.aliases.history('champion')).toMatchObject([
    { to: null, note: null, evidence: null },
    { to: 'v1', note: 'the first', evidence: { n: 77 } },
  ]);
});

test('an alias that somebody moved meanwhile is left where it is', async () => {
  const store = await temporaryStore();
  await store.versions.create(version);
  await store.versions.create(version);
  await store.aliases.set('champion', 'v1', { from: null });
  await expect(store.aliases.set('champion', 'v2', { from: null })).rejects.toMatchObject({
    code: 'record-conflict',
    message: expect.stringContaining('champion at v1, not at none'),
  });
  await store.aliases.set('champion', 'v2', { from: 'v1' });
  expect(await store.aliases.list()).toMatchObject([{ version: 'v2' }]);
});

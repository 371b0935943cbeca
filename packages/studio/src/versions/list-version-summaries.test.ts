import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '@regraft/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listVersionSummaries } from './list-version-summaries.js';

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-summaries-'));
  store = await openStore(join(folder, '.regraft'));
});

afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const accuracyOf = (value: number) => ({ accuracy: { value, low: value - 0.1, high: value + 0.1, n: 40 } });

const storeVersion = (name: string, card: unknown, parent?: string) =>
  store.versions.create({
    name,
    labels: ['ants', 'bees'],
    files: { 'model.json': new TextEncoder().encode(name) },
    card,
    metrics: {},
    ...(parent === undefined ? {} : { parent }),
  });

const cardWith = (validation: number | null, test: number | null) => ({
  backbone: { id: 'mobilenet-v2.openimages' },
  metrics: {
    validation: validation === null ? null : accuracyOf(validation),
    test: test === null ? null : accuracyOf(test),
  },
});

test('lists versions newest first, with aliases, parent and the accuracy on held-out images', async () => {
  await storeVersion('first', cardWith(0.6, null));
  await storeVersion('second', cardWith(0.6, 0.75), 'v1');
  await store.aliases.set('champion', 'v2');
  await store.aliases.set('best', 'v2');

  const summaries = await listVersionSummaries(store);

  expect(summaries.map(({ createdAt, ...rest }) => rest)).toEqual([
    {
      version: 'v2',
      name: 'second',
      aliases: ['best', 'champion'],
      labels: ['ants', 'bees'],
      accuracy: { value: 0.75, low: 0.65, high: 0.85, n: 40 },
      parent: 'v1',
      backbone: 'mobilenet-v2.openimages',
    },
    {
      version: 'v1',
      name: 'first',
      aliases: [],
      labels: ['ants', 'bees'],
      accuracy: { value: 0.6, low: 0.5, high: 0.7, n: 40 },
      parent: null,
      backbone: 'mobilenet-v2.openimages',
    },
  ]);
  expect(Date.parse(summaries[0]!.createdAt)).toBeGreaterThan(Date.now() - 60_000);
});

test('an unmeasured version and a foreign card give a line without figures', async () => {
  await storeVersion('unmeasured', cardWith(null, null));
  await storeVersion('foreign', { made: 'elsewhere' });
  const [foreign, unmeasured] = await listVersionSummaries(store);
  expect(unmeasured).toMatchObject({ accuracy: null, backbone: 'mobilenet-v2.openimages' });
  expect(foreign).toMatchObject({ accuracy: null, backbone: null, labels: ['ants', 'bees'] });
});

test('lists no more than asked for', async () => {
  for (const name of ['a', 'b', 'c']) await storeVersion(name, cardWith(null, null));
  expect((await listVersionSummaries(store, { limit: 2 })).map(({ name }) => name)).toEqual(['c', 'b']);
  expect(await listVersionSummaries(store, { limit: 10 })).toHaveLength(3);
});

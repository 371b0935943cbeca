import { expect, test } from 'vitest';
import { bytesOf, temporaryStore } from '../testing/temporary-store.js';

test('a summary counts what is there', async () => {
  const store = await temporaryStore();
  await store.runs.create({ kind: 'fit', recipe: {} });
  await store.events.append(1, [{}, {}]);
  await store.versions.create({ labels: [], files: { 'a.bin': bytesOf('abc') }, card: {}, metrics: {} });
  await store.aliases.set('champion', 'v1');
  await store.evaluations.record({ version: 'v1', report: {} });
  const space = await store.activations.open({ space: 'f'.repeat(64), rowLength: 2 });
  await space.append([{ key: 'a'.repeat(64), values: Float32Array.of(1, 2) }]);
  expect(await store.summary()).toEqual({
    datasets: 0,
    runs: 1,
    events: 2,
    versions: 1,
    aliases: 1,
    evaluations: 1,
    blobs: { count: 2, bytes: 3 + '{}\n'.length },
    activations: { rows: 1, bytes: 8 },
    databaseBytes: expect.any(Number),
  });
});

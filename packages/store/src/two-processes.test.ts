import { expect, test } from 'vitest';
import { startScript } from './testing/child-process.js';
import { temporaryStore, textOf } from './testing/temporary-store.js';

test('three processes that write at once lose nothing', async () => {
  const store = await temporaryStore();
  const { id } = await store.runs.create({ kind: 'fit', recipe: {} });
  const count = 1500;
  const labels = ['one', 'two', 'three'];
  const children = labels.map((label) =>
    startScript(new URL('./testing/write-much.mjs', import.meta.url), [
      store.path,
      String(id),
      label,
      String(count),
    ]),
  );
  for (const child of children) expect(await child.ended).toEqual({ code: 0, errors: '' });

  const listed = await store.events.list(id, { limit: labels.length * count + 1 });
  const events = listed.map(({ event }) => event as { label: string; index: number });
  expect(events).toHaveLength(labels.length * count);
  for (const label of labels) {
    const indices = events.filter((event) => event.label === label).map(({ index }) => index);
    expect(indices).toEqual(Array.from({ length: count }, (_, index) => index));
  }

  const versions = await store.versions.list();
  expect(versions.map(({ number }) => number)).toEqual(Array.from({ length: 90 }, (_, at) => 90 - at));
  const card = textOf(await store.versions.readFile('v90', 'regraft.json'));
  expect(JSON.parse(card)).toEqual(versions[0]!.card);

  const { blobs, activations } = await store.summary();
  // 150 shared and 150 own blobs for each; 30 shared weights, and a model and a card for each version.
  expect(blobs.count).toBe(150 + 3 * 150 + 30 + 90 * 2);
  expect(activations.rows).toBe(30 * 20);
  const report = await store.check({ graceMilliseconds: 0 });
  expect(report.problems).toEqual([]);
  expect(report.litter.filter(({ kind }) => kind !== 'blob')).toEqual([]);
});

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { bytesOf, temporaryStore, textOf } from '../testing/temporary-store.js';

const version = {
  labels: ['ant', 'bee'],
  files: { 'model.json': bytesOf('{}') },
  card: { a: 1 },
  metrics: {},
};
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

test('a version comes back as it was made, with its card as regraft.json', async () => {
  const store = await temporaryStore();
  const run = await store.runs.create({ kind: 'fit', recipe: {} });
  const weights = await store.blobs.put(bytesOf('weights'));
  const files = { ...version.files, 'weights.bin': weights.sha256 };
  const made = await store.versions.create({
    ...version,
    name: 'insects',
    runId: run.id,
    files,
    metrics: { f1: 0.5 },
  });
  const card = '{\n  "a": 1\n}\n';
  expect(made).toEqual({
    id: 'v1',
    number: 1,
    name: 'insects',
    sha256: sha256(
      [
        `${sha256('{}')}  model.json\n`,
        `${sha256(card)}  regraft.json\n`,
        `${sha256('weights')}  weights.bin\n`,
      ]
        .sort()
        .join(''),
    ),
    runId: run.id,
    parent: null,
    labels: ['ant', 'bee'],
    card: { a: 1 },
    metrics: { f1: 0.5 },
    files: [
      { name: 'model.json', sha256: sha256('{}'), bytes: 2 },
      { name: 'regraft.json', sha256: sha256(card), bytes: card.length },
      { name: 'weights.bin', sha256: weights.sha256, bytes: 7 },
    ],
    createdAt: made.createdAt,
  });
  expect(await store.versions.get('v1')).toEqual(made);
  expect(textOf(await store.versions.readFile('insects', 'weights.bin'))).toBe('weights');
  expect(textOf(await store.versions.readFile('v1', 'regraft.json'))).toBe(card);
  await expect(store.versions.readFile('v1', 'other')).rejects.toMatchObject({
    code: 'record-not-found',
    hint: 'It has model.json, regraft.json, weights.bin.',
  });
});

test('a reference is an id, an alias, the newest of a name, or the start of a hash', async () => {
  const store = await temporaryStore();
  const first = await store.versions.create({ ...version, name: 'insects' });
  const second = await store.versions.create({ ...version, name: 'insects', card: { a: 2 } });
  const third = await store.versions.create({ ...version, name: 'same as v2', card: { a: 2 } });
  const idOf = async (reference: string): Promise<string> => (await store.versions.get(reference)).id;
  expect(await idOf('v1')).toBe('v1');
  expect(await idOf('insects')).toBe(second.id);
  await store.aliases.set('insects', 'v1');
  expect(await idOf('insects')).toBe('v1');
  expect(await idOf(first.sha256)).toBe('v1');
  expect(await idOf(first.sha256.slice(0, 12))).toBe('v1');
  // Equal content has one hash: the newest version is meant.
  expect(await idOf(second.sha256.slice(0, 12))).toBe(third.id);
  await expect(idOf(first.sha256.slice(0, 3))).rejects.toMatchObject({ code: 'record-not-found' });
  await expect(idOf('insect')).rejects.toMatchObject({
    code: 'record-not-found',
    hint: expect.stringContaining('Did you mean insects'),
  });
  await expect(idOf('v4')).rejects.toMatchObject({ code: 'record-not-found' });
});

test('the start of a hash that fits two contents is refused', async () => {
  const store = await temporaryStore();
  const seen = new Map<string, string>();
  for (let index = 0; ; index++) {
    const { id, sha256: hash } = await store.versions.create({ ...version, files: {}, card: { index } });
    const start = hash.slice(0, 4);
    const earlier = seen.get(start);
    if (earlier !== undefined) {
      const message = expect.stringContaining(`${id}, ${earlier}`);
      await expect(store.versions.get(start)).rejects.toMatchObject({ code: 'record-conflict', message });
      return;
    }
    seen.set(start, id);
  }
});

test('lineage leads to the first ancestor', async () => {
  const store = await temporaryStore();
  await store.versions.create({ ...version, name: 'first' });
  await store.versions.create({ ...version, name: 'aside' });
  await store.versions.create({ ...version, parent: 'first' });
  await store.versions.create({ ...version, parent: 'v3' });
  expect((await store.versions.lineage('v4')).map(({ id }) => id)).toEqual(['v4', 'v3', 'v1']);
});

test('a list is newest first and comes in pages', async () => {
  const store = await temporaryStore();
  for (let index = 0; index < 5; index++) await store.versions.create(version);
  const page = await store.versions.list({ limit: 2 });
  expect(page.map(({ id }) => id)).toEqual(['v5', 'v4']);
  expect(page[0]!.files.map(({ name }) => name)).toEqual(['model.json', 'regraft.json']);
  const rest = await store.versions.list({ before: page.at(-1)!.number });
  expect(rest.map(({ id }) => id)).toEqual(['v3', 'v2', 'v1']);
});

test('a version that others need is deleted only by force, and its number is never used again', async () => {
  const store = await temporaryStore();
  await store.versions.create(version);
  await store.versions.create({ ...version, parent: 'v1' });
  await store.aliases.set('champion', 'v1', { by: 'ada' });
  await store.evaluations.record({ version: 'v1', report: {} });
  await expect(store.versions.delete('v1')).rejects.toMatchObject({
    code: 'record-conflict',
    details: { holders: ['alias champion', 'its child v2'] },
  });
  expect(await store.versions.holders('v1')).toEqual({ aliases: ['champion'], children: ['v2'], runs: [] });
  await store.versions.delete('v1', { force: true });
  expect(await store.aliases.list()).toEqual([]);
  expect(await store.aliases.history()).toMatchObject([{ from: 'v1', to: null }, { to: 'v1' }]);
  expect(await store.evaluations.list()).toEqual([]);
  expect((await store.versions.get('v2')).parent).toBeNull();
  await store.versions.delete('v2');
  expect((await store.versions.create(version)).id).toBe('v3');
});

test('a version that a run under way starts from is held until the run is over', async () => {
  const store = await temporaryStore();
  await store.versions.create(version);
  const { id } = await store.runs.create({ kind: 'fit', recipe: {}, parentVersion: 'v1' });
  expect(await store.versions.holders('v1')).toMatchObject({ runs: [id] });
  await expect(store.versions.delete('v1')).rejects.toMatchObject({
    code: 'record-conflict',
    message: expect.stringContaining(`run ${id}, which is under way`),
  });
  await store.runs.claim(id, {});
  await store.runs.finish(id, { result: {} });
  await store.versions.delete('v1');
  expect(await store.versions.list()).toEqual([]);
});

test.each(['', 'a/b', '..', '.hidden', 'a\\b', 'regraft.json', 'ä'])('%j is no file name', async (name) => {
  const store = await temporaryStore();
  const made = store.versions.create({ ...version, files: { [name]: bytesOf('x') } });
  await expect(made).rejects.toMatchObject({ code: 'usage-invalid' });
});

test('a version with the hash of a blob that is not there is not made', async () => {
  const store = await temporaryStore();
  const files = { 'a.bin': bytesOf('x'), 'b.bin': '0'.repeat(64) };
  await expect(store.versions.create({ ...version, files })).rejects.toMatchObject({
    code: 'record-not-found',
  });
  await expect(store.versions.create({ ...version, parent: 'v1' })).rejects.toMatchObject({
    code: 'record-not-found',
  });
  expect(await store.versions.list()).toEqual([]);
});

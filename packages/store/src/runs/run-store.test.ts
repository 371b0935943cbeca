import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { startScript } from '../testing/child-process.js';
import { bytesOf, openTestStore, temporaryStore, textOf } from '../testing/temporary-store.js';

const recipe = { epochs: 3, names: ['ä', '花'] };

test('a run goes from the queue to its end', async () => {
  const store = await temporaryStore();
  const dataset = await store.datasets.record({
    name: 'photos',
    path: '/photos',
    manifest: bytesOf('[]'),
    images: 0,
    labels: [],
  });
  await store.versions.create({ name: 'old', labels: [], files: {}, card: {}, metrics: {} });
  const queued = await store.runs.create({
    kind: 'fit',
    name: 'flowers',
    recipe,
    dataset: dataset.id,
    parentVersion: 'old',
  });
  expect(queued).toMatchObject({
    id: 1,
    status: 'queued',
    recipe,
    dataset: 1,
    parentVersion: 'v1',
    claims: 0,
  });

  const running = await store.runs.claim(1, { engine: { threads: 2 } });
  expect(running).toMatchObject({
    status: 'running',
    pid: process.pid,
    host: hostname(),
    engine: { threads: 2 },
  });
  expect(running.startedAt).not.toBeNull();
  if (process.platform === 'linux') expect(running.pidStart).toMatch(/^[0-9a-f-]{36}\/\d+$/);

  const saved = await store.runs.setCheckpoint(1, bytesOf('epoch 1'), { epoch: 1 });
  expect(textOf(await store.blobs.get(saved.checkpoint!))).toBe('epoch 1');
  const replaced = await store.runs.setCheckpoint(1, bytesOf('epoch 2'), { epoch: 2 });
  expect(replaced.checkpointDetails).toEqual({ epoch: 2 });
  expect(await store.blobs.has(saved.checkpoint!)).toBe(false);

  const made = await store.versions.create({ runId: 1, labels: [], files: {}, card: {}, metrics: {} });
  const finished = await store.runs.finish(1, { version: made.id, result: { accuracy: 0.9 } });
  expect(finished).toMatchObject({
    status: 'finished',
    version: 'v2',
    result: { accuracy: 0.9 },
    checkpoint: null,
    startedAt: running.startedAt,
  });
  expect(await store.blobs.has(replaced.checkpoint!)).toBe(false);
  expect(await store.runs.get(1)).toEqual(finished);
});

test('a checkpoint that another record shares is kept when the run moves on', async () => {
  const store = await temporaryStore();
  const files = { state: bytesOf('state') };
  const version = await store.versions.create({ labels: [], files, card: {}, metrics: {} });
  for (const id of [1, 2]) {
    await store.runs.create({ kind: 'fit', recipe });
    await store.runs.claim(id);
    await store.runs.setCheckpoint(id, bytesOf('both'));
    await store.runs.setCheckpoint(id, bytesOf('state'));
  }
  await store.runs.finish(1, {});
  expect(await store.blobs.has((await store.runs.get(2)).checkpoint!)).toBe(true);
  await store.runs.finish(2, {});
  expect(textOf(await store.versions.readFile(version.id, 'state'))).toBe('state');
});

test('a living process keeps its run; a finished run is not resumed', async () => {
  const store = await temporaryStore();
  await store.runs.create({ kind: 'fit', recipe });
  await store.runs.claim(1);
  const other = await openTestStore(store.path);
  await expect(other.runs.claim(1)).rejects.toMatchObject({
    code: 'record-conflict',
    message: expect.stringContaining(`process ${process.pid}`),
  });
  await store.runs.finish(1, {});
  await expect(other.runs.claim(1)).rejects.toMatchObject({ code: 'run-not-resumable' });
  await expect(store.runs.heartbeat(1)).rejects.toMatchObject({ code: 'record-conflict' });
  await expect(store.runs.get(7)).rejects.toMatchObject({ code: 'record-not-found' });
});

test('of many claims at once one wins', async () => {
  const store = await temporaryStore();
  const others = await Promise.all(Array.from({ length: 5 }, () => openTestStore(store.path)));
  const { id } = await store.runs.create({ kind: 'fit', recipe });
  const outcomes = await Promise.allSettled(others.map((other) => other.runs.claim(id)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await store.runs.get(id)).claims).toBe(1);
});

test('who has lost a run cannot write to it any more', async () => {
  const store = await temporaryStore();
  const other = await openTestStore(store.path);
  await store.runs.create({ kind: 'fit', recipe });
  await store.runs.claim(1);
  // The run is stopped behind its process's back, and taken by another.
  await other.runs.stop(1);
  await other.runs.claim(1);
  const lost = { code: 'record-conflict', message: expect.stringContaining('held by one process only') };
  await expect(store.runs.heartbeat(1)).rejects.toMatchObject(lost);
  await expect(store.runs.setCheckpoint(1, bytesOf('x'))).rejects.toMatchObject(lost);
  await expect(store.runs.finish(1, {})).rejects.toMatchObject(lost);
  expect(await other.runs.heartbeat(1)).toMatchObject({ status: 'running', claims: 2 });
});

test('a run that is asked to stop is told at its next heartbeat, stops and can be resumed', async () => {
  const store = await temporaryStore();
  await store.runs.create({ kind: 'fit', recipe });
  await store.runs.claim(1, { engine: { threads: 2 } });
  expect(await store.runs.heartbeat(1)).toMatchObject({ stopRequested: false });
  const other = await openTestStore(store.path);
  await other.runs.requestStop(1);
  expect(await store.runs.heartbeat(1)).toMatchObject({ status: 'stopping', stopRequested: true });
  expect(await store.runs.stop(1)).toMatchObject({ status: 'stopped' });
  expect(await other.runs.requestStop(1)).toMatchObject({ status: 'stopped' });
  expect(await other.runs.requeue(1)).toMatchObject({
    status: 'queued',
    stopRequested: false,
    endedAt: null,
  });
  const engine = { threads: 2 };
  expect(await other.runs.claim(1)).toMatchObject({
    status: 'running',
    stopRequested: false,
    claims: 2,
    engine,
  });
});

test('a stop asked for before the process came is obeyed', async () => {
  const store = await temporaryStore();
  await store.runs.create({ kind: 'fit', recipe });
  expect(await store.runs.requestStop(1)).toMatchObject({ status: 'queued', stopRequested: true });
  expect(await store.runs.claim(1)).toMatchObject({ status: 'running', stopRequested: true });
});

test('a failed run keeps its error until it is tried again', async () => {
  const store = await temporaryStore();
  await store.runs.create({ kind: 'fit', recipe });
  await store.runs.claim(1);
  expect(await store.runs.fail(1, { code: 'store-full' })).toMatchObject({
    status: 'failed',
    error: { code: 'store-full' },
  });
  expect(await store.runs.claim(1)).toMatchObject({ status: 'running', error: null });
});

test('sweeping marks runs whose process was killed, and only those', async () => {
  const store = await temporaryStore();
  for (let run = 0; run < 3; run++) await store.runs.create({ kind: 'fit', recipe });
  await store.runs.claim(1);
  const child = startScript(new URL('../testing/claim-run.mjs', import.meta.url), [store.path, '2']);
  await new Promise((resolve) => child.process.stdout!.once('data', resolve));
  expect(await store.runs.sweep()).toEqual([]);
  await expect(store.runs.claim(2)).rejects.toMatchObject({ code: 'record-conflict' });

  child.process.kill('SIGKILL');
  await child.ended;
  expect(await store.runs.sweep()).toMatchObject([{ id: 2, status: 'interrupted' }]);
  expect((await store.runs.list()).map(({ status }) => status)).toEqual(['queued', 'interrupted', 'running']);
  expect(await store.runs.claim(2)).toMatchObject({ status: 'running', pid: process.pid });
});

test('a list is newest first, by status, in pages', async () => {
  const store = await temporaryStore();
  for (let run = 0; run < 5; run++) await store.runs.create({ kind: 'fit', recipe });
  await store.runs.claim(2);
  await store.runs.claim(4);
  await store.runs.stop(4);
  const ids = async (...options: Parameters<typeof store.runs.list>): Promise<number[]> =>
    (await store.runs.list(...options)).map(({ id }) => id);
  expect(await ids()).toEqual([5, 4, 3, 2, 1]);
  expect(await ids({ limit: 2 })).toEqual([5, 4]);
  expect(await ids({ before: 4, limit: 2 })).toEqual([3, 2]);
  expect(await ids({ status: 'running' })).toEqual([2]);
  expect(await ids({ status: ['running', 'stopped'] })).toEqual([4, 2]);
});

test('a name that no version could have is refused before the run', async () => {
  const store = await temporaryStore();
  await expect(store.runs.create({ kind: 'fit', name: 'v1', recipe })).rejects.toMatchObject({
    code: 'usage-invalid',
  });
});

test('what is not JSON is refused', async () => {
  const store = await temporaryStore();
  await expect(store.runs.create({ kind: 'fit', recipe: undefined })).rejects.toThrow(TypeError);
  expect(await store.runs.list()).toEqual([]);
});

import { createHash } from 'node:crypto';
import { readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTestStore, temporaryStore } from '../testing/temporary-store.js';
import type { ActivationSpace } from './activation-space.js';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const keyOf = (index: number): string => hash(`image ${index}`);
const rowLength = 32;
const rowBytes = rowLength * 4;

/** Rows whose first value is their index and whose last is minus that. */
const rowsOf = (indices: readonly number[], length = rowLength) =>
  indices.map((index) => {
    const values = new Float32Array(length).fill(0.5);
    values[0] = index;
    values[length - 1] = -index;
    return { key: keyOf(index), values };
  });

const count = (length: number, start = 0): number[] => Array.from({ length }, (_, index) => start + index);

const readAll = async (space: ActivationSpace, indices: readonly number[]): Promise<number[]> => {
  const reader = await space.reader(indices.map(keyOf));
  const into = new Float32Array(indices.length * space.rowLength);
  try {
    await reader.read([...indices.keys()], into);
  } finally {
    await reader.close();
  }
  return indices.map((_, place) => {
    const row = into.subarray(place * space.rowLength, (place + 1) * space.rowLength);
    expect(row.at(-1)).toBe(-row[0]!);
    return row[0]!;
  });
};

test('rows come back by key, in any order and number, from several shards', async () => {
  const store = await temporaryStore();
  const space = await store.activations.open({ space: hash('space'), rowLength });
  expect(await space.missing([3, 1, 3, 2].map(keyOf))).toEqual([3, 1, 2].map(keyOf));
  for (const start of [0, 100, 200]) await space.append(rowsOf(count(100, start)));
  expect(await space.missing([5, 300, 299, 301].map(keyOf))).toEqual([300, 301].map(keyOf));
  const indices = [299, 0, 150, 150, 7, 101, 8, 298];
  expect(await readAll(space, indices)).toEqual(indices);
  expect(await store.activations.size()).toBe(300 * rowBytes);
  expect(await readdir(join(store.path, 'activations'))).toHaveLength(3);
});

test('spaces do not mix, and one space has one length', async () => {
  const store = await temporaryStore();
  const one = await store.activations.open({ space: hash('one'), rowLength });
  const two = await store.activations.open({ space: hash('two'), rowLength: 4 });
  await one.append(rowsOf([1]));
  expect(await two.missing([keyOf(1)])).toEqual([keyOf(1)]);
  await expect(two.reader([keyOf(1)])).rejects.toMatchObject({ code: 'record-not-found' });
  const again = store.activations.open({ space: hash('one'), rowLength: 4 });
  await expect(again).rejects.toMatchObject({ code: 'record-conflict' });
  await expect(two.append(rowsOf([1]))).rejects.toThrow(RangeError);
});

test('a key that has a row keeps it, and rows that bring nothing new leave no file', async () => {
  const store = await temporaryStore();
  const space = await store.activations.open({ space: hash('space'), rowLength });
  await space.append(rowsOf([1, 2]));
  await space.append([{ key: keyOf(1), values: new Float32Array(rowLength).fill(9) }]);
  expect(await readdir(join(store.path, 'activations'))).toHaveLength(1);
  await space.append([...rowsOf([3]), { key: keyOf(2), values: new Float32Array(rowLength).fill(9) }]);
  await space.append([]);
  expect(await readAll(space, [1, 2, 3])).toEqual([1, 2, 3]);
});

test('a row larger than one read, and a view into a larger array', async () => {
  const store = await temporaryStore();
  const length = 800_000;
  const space = await store.activations.open({ space: hash('large'), rowLength: length });
  const all = new Float32Array(3 * length);
  for (const index of [0, 1, 2]) all.fill(index, index * length, (index + 1) * length);
  await space.append(
    [0, 1, 2].map((index) => ({
      key: keyOf(index),
      values: all.subarray(index * length, (index + 1) * length),
    })),
  );
  const reader = await space.reader([2, 0].map(keyOf));
  const into = new Float32Array(2 * length);
  await reader.read([1, 0], into);
  expect([into[0], into[length - 1], into[length], into[2 * length - 1]]).toEqual([0, 0, 2, 2]);
  await reader.close();
});

test('the rows used longest ago go first, with their files', async () => {
  const store = await temporaryStore({ cacheLimit: 3 * 10 * rowBytes });
  const space = await store.activations.open({ space: hash('space'), rowLength });
  // Who only reads the store does not count as a user of its rows.
  const reader = await openTestStore(store.path, { mode: 'read-only' });
  const observed = await reader.activations.open({ space: hash('space'), rowLength });
  const missing = (...indices: number[]) => observed.missing(indices.map(keyOf));
  const append = async (start: number, length = 10): Promise<void> => {
    await sleep(3);
    await space.append(rowsOf(count(length, start)));
    await sleep(3);
  };
  for (const start of [0, 10, 20]) await append(start);
  // Reading the oldest makes it the youngest.
  expect(await readAll(space, [0])).toEqual([0]);
  await append(30);
  expect(await missing(0, 10, 20, 30)).toEqual([keyOf(10)]);
  // So does asking whether it is there.
  await sleep(3);
  expect(await space.missing([25].map(keyOf))).toEqual([]);
  await append(40, 15);
  expect(await missing(0, 20, 30, 40)).toEqual([0, 30].map(keyOf));
  expect(await store.activations.size()).toBe(25 * rowBytes);
  expect(await readdir(join(store.path, 'activations'))).toHaveLength(2);
  expect((await store.check()).problems).toEqual([]);
});

test('a reader goes on with the files that it has open after their eviction; other rows are told with what to do', async () => {
  const store = await temporaryStore({ cacheLimit: 2 * 10 * rowBytes });
  const space = await store.activations.open({ space: hash('space'), rowLength });
  await space.append(rowsOf(count(10)));
  await space.append(rowsOf(count(10, 10)));
  const reader = await space.reader(count(20).map(keyOf));
  const into = new Float32Array(rowLength);
  await reader.read([0], into);
  await space.append(rowsOf(count(20, 20)));
  expect(await space.missing(count(20).map(keyOf))).toHaveLength(20);
  await reader.read([5], into);
  expect(into[0]).toBe(5);
  await expect(reader.read([15], into)).rejects.toMatchObject({
    code: 'store-corrupt',
    hint: expect.stringContaining('REGRAFT_CACHE_LIMIT'),
  });
  await reader.close();
});

test('a shard that was cut short is not read as if it were whole', async () => {
  const store = await temporaryStore();
  const space = await store.activations.open({ space: hash('space'), rowLength });
  await space.append(rowsOf(count(10)));
  const [file] = await readdir(join(store.path, 'activations'));
  await truncate(join(store.path, 'activations', file!), 5 * rowBytes + 1);
  expect(await readAll(space, [0, 4])).toEqual([0, 4]);
  await expect(readAll(space, [5])).rejects.toMatchObject({ code: 'store-corrupt' });
});

test('a reader asked for what it has not, or with too little room, says so', async () => {
  const store = await temporaryStore();
  const space = await store.activations.open({ space: hash('space'), rowLength });
  await space.append(rowsOf([0, 1]));
  const reader = await space.reader([0, 1].map(keyOf));
  await expect(reader.read([2], new Float32Array(rowLength))).rejects.toThrow(RangeError);
  await expect(reader.read([0, 1], new Float32Array(rowLength))).rejects.toThrow(RangeError);
  await reader.close();
});

test('a hundred thousand keys are looked up quickly and in bounded memory', async () => {
  const store = await temporaryStore();
  const space = await store.activations.open({ space: hash('space'), rowLength: 1 });
  const keys = count(100_000).map(keyOf);
  for (let start = 0; start < 50_000; start += 5000) {
    await space.append(
      keys.slice(start, start + 5000).map((key) => ({ key, values: Float32Array.of(start) })),
    );
  }
  const residentBefore = process.memoryUsage.rss();
  const start = performance.now();
  expect(await space.missing(keys)).toEqual(keys.slice(50_000));
  const reader = await space.reader(keys.slice(0, 50_000));
  // About 0.4 s on two cores; a plan without the index takes minutes.
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(process.memoryUsage.rss() - residentBefore).toBeLessThan(150 * 1024 * 1024);
  await reader.close();
});

test('whatever is appended, evicted and read in whatever order, a row is right or missing', async () => {
  const append = fc.record({
    kind: fc.constant('append' as const),
    start: fc.nat(30),
    length: fc.integer({ min: 1, max: 12 }),
  });
  const read = fc.record({
    kind: fc.constant('read' as const),
    indices: fc.array(fc.nat(40), { minLength: 1, maxLength: 10 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(append, read), { maxLength: 12 }), async (steps) => {
      const store = await temporaryStore({ cacheLimit: 25 * rowBytes });
      const other = await openTestStore(store.path, { cacheLimit: 25 * rowBytes });
      const spaces = [
        await store.activations.open({ space: hash('space'), rowLength }),
        await other.activations.open({ space: hash('space'), rowLength }),
      ];
      await Promise.all(
        steps.map(async (step, at) => {
          const space = spaces[at % 2]!;
          if (step.kind === 'append') return space.append(rowsOf(count(step.length, step.start)));
          const missing = new Set(await space.missing(step.indices.map(keyOf)));
          const present = step.indices.filter((index) => !missing.has(keyOf(index)));
          try {
            expect(await readAll(space, present)).toEqual(present);
          } catch (error) {
            // Evicted between the look and the reading.
            expect(error).toMatchObject({
              code: expect.stringMatching(/^(record-not-found|store-corrupt)$/),
            });
          }
        }),
      );
      expect(await store.activations.size()).toBeLessThanOrEqual(25 * rowBytes);
      expect((await store.check({ graceMilliseconds: 0 })).problems).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

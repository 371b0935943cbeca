import { setTimeout as wait } from 'node:timers/promises';
import type { ActivationRow } from '@regraft/store';
import { expect, test } from 'vitest';
import { createShardWriter } from './shard-writer.js';

const row = (index: number, length: number): ActivationRow => ({
  key: String(index),
  values: new Float32Array(length),
});

const recordingSpace = () => {
  const shards: string[][] = [];
  let writing = 0;
  return {
    shards,
    append: async (rows: readonly ActivationRow[]) => {
      expect(++writing).toBe(1);
      await wait(2);
      writing--;
      shards.push(rows.map(({ key }) => key));
    },
  };
};

test('rows arrive once and in order, in shards of 256, one written at a time', async () => {
  const space = recordingSpace();
  const writer = createShardWriter(space);
  await Promise.all(Array.from({ length: 600 }, (_, index) => writer.add(row(index, 4))));
  await writer.flush();
  expect(space.shards.flat()).toEqual(Array.from({ length: 600 }, (_, index) => String(index)));
  expect(Math.max(...space.shards.map((shard) => shard.length))).toBeLessThanOrEqual(600);
  for (let index = 600; index < 1200; index++) await writer.add(row(index, 4));
  await writer.flush();
  await writer.flush();
  expect(space.shards.slice(-3).map((shard) => shard.length)).toEqual([256, 256, 88]);
});

test('large rows make a shard by their bytes', async () => {
  const space = recordingSpace();
  const writer = createShardWriter(space);
  for (let index = 0; index < 10; index++) await writer.add(row(index, 1024 * 1024));
  await writer.flush();
  expect(space.shards.map((shard) => shard.length)).toEqual([4, 4, 2]);
});

test('a failed write is told to whoever adds or flushes next', async () => {
  const writer = createShardWriter({ append: () => Promise.reject(new Error('full')) });
  for (let index = 0; index < 256; index++) await writer.add(row(index, 1));
  await wait(1);
  await expect(writer.flush()).rejects.toThrow('full');
});

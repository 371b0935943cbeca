import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { forEachConcurrently } from './for-each-concurrently.js';

test('every item is visited once, at most so many at a time, each alone in its lane', async () => {
  const items = Array.from({ length: 50 }, (_, index) => index);
  const busy = new Set<number>();
  const visited: number[] = [];
  let most = 0;
  await forEachConcurrently(items, 4, async (item, index, lane) => {
    expect(index).toBe(item);
    expect(busy.has(lane)).toBe(false);
    busy.add(lane);
    most = Math.max(most, busy.size);
    await wait(item % 3);
    busy.delete(lane);
    visited.push(item);
  });
  expect(visited.sort((a, b) => a - b)).toEqual(items);
  expect(most).toBe(4);
});

test('the first failure stops the others and is thrown once they have ended', async () => {
  let started = 0;
  let ended = 0;
  const visits = forEachConcurrently(Array(100).fill(0), 3, async (_, index) => {
    started++;
    await wait(index === 5 ? 1 : 5);
    ended++;
    if (index === 5) throw new Error('five');
  });
  await expect(visits).rejects.toThrow('five');
  expect(started).toBeLessThan(12);
  expect(ended).toBe(started);
});

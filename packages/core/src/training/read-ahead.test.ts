import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { range } from './example-source.js';
import { readAhead } from './read-ahead.js';

test('reads the next item while the caller works on this one, never two', async () => {
  const log: string[] = [];
  const read = async (item: number): Promise<number> => {
    log.push(`start ${item}`);
    await sleep(5);
    log.push(`read ${item}`);
    return 10 * item;
  };
  const given: [number, number][] = [];
  for await (const pair of readAhead(range(0, 4), read)) {
    log.push(`work ${pair[0]}`);
    await sleep(20);
    given.push(pair);
  }
  expect(given).toEqual([0, 1, 2, 3].map((item) => [item, 10 * item]));
  expect(log).toEqual([
    ...[
      'start 0',
      'read 0',
      'start 1',
      'work 0',
      'read 1',
      'start 2',
      'work 1',
      'read 2',
      'start 3',
      'work 2',
    ],
    ...['read 3', 'work 3'],
  ]);
});

test('throws what a reading throws when its turn comes', async () => {
  const read = (item: number) =>
    item === 1 ? Promise.reject(new Error('disk gone')) : Promise.resolve(item);
  const given: number[] = [];
  const work = async () => {
    for await (const [item] of readAhead([0, 1, 2], read)) {
      given.push(item);
      await sleep(5);
    }
  };
  await expect(work()).rejects.toThrow('disk gone');
  expect(given).toEqual([0]);
});

test('one who breaks off waits for the reading under way, and hears nothing of its failure', async () => {
  let ended = 0;
  const read = async (item: number): Promise<number> => {
    await sleep(10);
    ended++;
    if (item === 1) throw new Error('disk gone');
    return item;
  };
  for await (const [item] of readAhead([0, 1, 2], read)) if (item === 0) break;
  expect(ended).toBe(2);
});

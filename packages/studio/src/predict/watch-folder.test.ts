import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { failureOf } from '../testing/failure-of.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { watchFolder } from './watch-folder.js';

test('each image that appears is given once, when it is whole; the old ones and other files are not', async () => {
  const folder = temporaryFolder({ 'old.png': 'old' });
  const stop = new AbortController();
  const arrivals = await watchFolder(folder, { signal: stop.signal, milliseconds: 40 });
  const growing = join(folder, 'growing.jpg');
  const finish = async (): Promise<void> => {
    await writeFile(join(folder, 'notes.txt'), 'no image');
    await writeFile(join(folder, '.hidden.png'), 'hidden');
    for (let part = 0; part < 12; part++) {
      await appendFile(growing, 'part');
      await wait(15);
    }
    await writeFile(join(folder, 'late.png'), 'late');
  };
  const finished = finish().then(() => performance.now());
  const seen: string[] = [];
  const at: number[] = [];
  for await (const files of arrivals) {
    seen.push(...files);
    at.push(performance.now());
    if (seen.length === 2) stop.abort();
  }
  expect(seen.sort()).toEqual([growing, join(folder, 'late.png')]);
  expect(at.at(-1)).toBeGreaterThan(await finished);
});

test('a folder that is missing, or goes away, is said to be so', async () => {
  const folder = temporaryFolder();
  const { signal } = new AbortController();
  const missing = await failureOf(watchFolder(join(folder, 'none'), { signal }));
  expect(missing).toMatchObject({ code: 'data-not-found', message: expect.stringContaining('none') });
  const arrivals = await watchFolder(folder, { signal, milliseconds: 5 });
  await rm(folder, { recursive: true });
  expect(await failureOf(arrivals[Symbol.asyncIterator]().next())).toMatchObject({ code: 'data-not-found' });
});

import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { readBatches } from './read-batches.js';

test('lines that came together are one batch; the last needs no line end', async () => {
  const stream = new PassThrough();
  const batches = readBatches(stream, new AbortController().signal);
  stream.write('a.jpg\n\nb c.jpg\n');
  expect((await batches.next()).value).toEqual(['a.jpg', 'b c.jpg']);
  const next = batches.next();
  stream.end('d.jpg');
  expect((await next).value).toEqual(['d.jpg']);
  expect((await batches.next()).done).toBe(true);
});

test('a signal ends it while it waits', async () => {
  const stop = new AbortController();
  const next = readBatches(new PassThrough(), stop.signal).next();
  stop.abort();
  expect((await next).done).toBe(true);
});

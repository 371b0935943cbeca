import { existsSync, readdirSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { type BackboneSource, sha256 } from '@regraft/core';
import { expect, test } from 'vitest';
import { breakingServer, rangeStart, serve } from '../testing/breaking-server.js';
import { failureOf } from '../testing/failure-of.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { createWeightSource } from './create-weight-source.js';

const weights = Uint8Array.from({ length: 300_000 }, (_, index) => (index * index) % 251);
const checksum = await sha256(weights);

/** A source of weights that a server answers for. */
const serveSource = async (listener: RequestListener): Promise<Extract<BackboneSource, { kind: 'url' }>> => ({
  kind: 'url',
  url: `${await serve(listener)}/tiny.pth?x=1`,
  sha256: checksum.slice(0, 8),
});

test('fetches, checks against the first digits of the sha256, tells progress and keeps it', async () => {
  let requests = 0;
  const source = await serveSource((_, response) => {
    requests++;
    response.writeHead(200, { 'content-length': weights.length }).end(weights);
  });
  const cacheFolder = temporaryFolder();
  const weightSource = createWeightSource({ cacheFolder });
  const progress: [number, number | undefined][] = [];
  const bytes = await weightSource.fetch(source, {
    onProgress: (done, total) => progress.push([done, total]),
  });
  expect(await sha256(bytes)).toBe(checksum);
  expect(progress.at(0)).toEqual([0, weights.length]);
  expect(progress.at(-1)).toEqual([weights.length, weights.length]);
  expect(readdirSync(join(cacheFolder, 'backbones'))).toEqual([`${source.sha256}.pth`]);
  await weightSource.fetch(source);
  expect(requests).toBe(1);
});

test('goes on where a broken download ended', async () => {
  const { starts, listener } = breakingServer(weights);
  const source = await serveSource(listener);
  const weightSource = createWeightSource({ cacheFolder: temporaryFolder() });
  const error = await failureOf(weightSource.fetch(source));
  expect(error).toMatchObject({ code: 'backbone-unavailable', outcome: { retryable: true } });
  expect(await sha256(await weightSource.fetch(source))).toBe(checksum);
  expect(starts[0]).toBe(0);
  expect(starts[1]).toBeGreaterThan(0);
});

test('a server that cannot go on starts from the beginning', async () => {
  const { starts, listener } = breakingServer(weights);
  const source = await serveSource((request, response) => {
    if (starts.length === 0) return listener(request, response);
    starts.push(rangeStart(request.headers.range));
    response.writeHead(200, { 'content-length': weights.length }).end(weights);
  });
  const weightSource = createWeightSource({ cacheFolder: temporaryFolder() });
  await failureOf(weightSource.fetch(source));
  expect(await sha256(await weightSource.fetch(source))).toBe(checksum);
  expect(starts[1]).toBeGreaterThan(0);
});

test('another sha256 is refused, and nothing is left of it', async () => {
  const source = await serveSource((_, response) => void response.end('another file'));
  const cacheFolder = temporaryFolder();
  const error = await failureOf(createWeightSource({ cacheFolder }).fetch(source));
  expect(error.code).toBe('checksum-mismatch');
  expect(error.message).toContain(source.sha256);
  expect(readdirSync(join(cacheFolder, 'backbones'))).toEqual([]);
});

test('more bytes than there should be end the download', async () => {
  const source = await serveSource((_, response) => void response.end(weights));
  const error = await failureOf(
    createWeightSource({ cacheFolder: temporaryFolder() }).fetch({ ...source, bytes: 1000 }),
  );
  expect(error.message).toContain('more than 1000 bytes');
});

test('a missing file and a missing server get a sentence', async () => {
  const source = await serveSource((_, response) => void response.writeHead(404).end());
  const weightSource = createWeightSource({ cacheFolder: temporaryFolder() });
  const missing = await failureOf(weightSource.fetch(source));
  expect(missing.message).toContain('HTTP status 404');
  const gone = await failureOf(weightSource.fetch({ ...source, url: 'http://127.0.0.1:9/tiny.pth' }));
  expect(gone).toMatchObject({ code: 'backbone-unavailable', message: expect.stringContaining('no answer') });
});

test('an aborted download can go on later', async () => {
  const starts: number[] = [];
  const source = await serveSource((request, response) => {
    const start = rangeStart(request.headers.range);
    starts.push(start);
    if (start === 0) {
      response.writeHead(200, { 'content-length': weights.length }).write(weights.subarray(0, 100_000));
    } else {
      const range = `bytes ${start}-${weights.length - 1}/${weights.length}`;
      response.writeHead(206, { 'content-range': range }).end(weights.subarray(start));
    }
  });
  const cacheFolder = temporaryFolder();
  const weightSource = createWeightSource({ cacheFolder });
  const controller = new AbortController();
  const onProgress = (done: number) => done >= 100_000 && controller.abort();
  const error = await failureOf(weightSource.fetch(source, { signal: controller.signal, onProgress }));
  expect(error.code).toBe('cancelled');
  expect(existsSync(join(cacheFolder, 'backbones', `${source.sha256}.pth`))).toBe(false);
  expect(await sha256(await weightSource.fetch(source))).toBe(checksum);
  expect(starts[1]).toBeGreaterThanOrEqual(100_000);
});

test('two downloads at once do not disturb each other', async () => {
  const source = await serveSource((_, response) => {
    response.write(weights.subarray(0, 100_000));
    setTimeout(() => response.end(weights.subarray(100_000)), 30);
  });
  const cacheFolder = temporaryFolder();
  const fetches = [1, 2].map(() => createWeightSource({ cacheFolder }).fetch(source));
  for (const bytes of await Promise.all(fetches)) expect(await sha256(bytes)).toBe(checksum);
  expect(readdirSync(join(cacheFolder, 'backbones'))).toEqual([`${source.sha256}.pth`]);
});

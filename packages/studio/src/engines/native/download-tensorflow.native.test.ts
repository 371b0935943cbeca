import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { zipSync } from 'fflate';
import { afterEach, expect, test, vi } from 'vitest';
import { findWheelUrl } from '../../backbones/find-wheel-url.js';
import { breakingServer, serve } from '../../testing/breaking-server.js';
import { failureOf } from '../../testing/failure-of.js';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { downloadTensorflow } from './download-tensorflow.js';
import { enginesFolder } from './native-folder.js';
import { pipOptions } from './native-release.js';

afterEach(() => vi.unstubAllEnvs());

const platform = 'manylinux2014_x86_64';
const text = (content: string) => new TextEncoder().encode(content);
const file = Buffer.from(
  zipSync({
    'tiny_wheel/large.bin': [
      Uint8Array.from({ length: 300_000 }, (_, index) => (index * index) % 251),
      { level: 0 },
    ],
    'tiny_wheel-1.5.dist-info/METADATA': text('Metadata-Version: 2.1\nName: tiny-wheel\nVersion: 1.5\n'),
    'tiny_wheel-1.5.dist-info/WHEEL': text(
      `Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp311-cp311-${platform}\n`,
    ),
    'tiny_wheel-1.5.dist-info/RECORD': text(''),
  }),
);

const wheel = {
  package: 'tiny-wheel',
  version: '1.5',
  platform,
  sha256: createHash('sha256').update(file).digest('hex'),
  bytes: file.length,
};

/** A package index with wheels of three versions and a platform that isn't meant; the pip of this machine asks it. */
const serveIndex = async (): Promise<number[]> => {
  const { starts, listener } = breakingServer(file);
  const names = [
    ...['1.4', '1.5', '1.6'].map((version) => `tiny_wheel-${version}-cp311-cp311-${platform}.whl`),
    'tiny_wheel-1.5-cp311-cp311-win_amd64.whl',
  ];
  const links = names.map((name) => `<a href="/files/${name}">${name}</a>`).join('\n');
  const address = await serve((request, response) => {
    if (request.url === `/files/${names[1]}`) listener(request, response);
    else if (request.url === '/simple/tiny-wheel/')
      response.writeHead(200, { 'content-type': 'text/html' }).end(links);
    else response.writeHead(404).end();
  });
  vi.stubEnv('PIP_CONFIG_FILE', devNull);
  vi.stubEnv('PIP_FIND_LINKS', '');
  vi.stubEnv('PIP_INDEX_URL', `${address}/simple/`);
  return starts;
};

test('the real pip names the wheel, and a download that broke off goes on from there', async () => {
  const starts = await serveIndex();
  const cacheFolder = temporaryFolder();
  mkdirSync(enginesFolder(cacheFolder));
  const context = { signal: undefined, onStep: () => undefined };
  const download = () =>
    downloadTensorflow(wheel, temporaryFolder(), { cacheFolder, python: 'python3', context });
  expect((await failureOf(download())).message).toContain('a connection that broke off');
  expect(readdirSync(enginesFolder(cacheFolder))).toEqual([`${wheel.sha256}.whl.partial`]);
  expect(readFileSync(await download()).equals(file)).toBe(true);
  expect(starts).toEqual([0, Math.floor(file.length / 2)]);
});

test('a version that the index has not has no address, nor does a folder of wheels', async () => {
  await serveIndex();
  const query = { ...wheel, python: 'python3', options: pipOptions(wheel) };
  expect(await findWheelUrl({ ...query, version: '2.0' })).toBeUndefined();
  expect(await findWheelUrl(query)).toMatch(
    /\/files\/tiny_wheel-1\.5-cp311-cp311-manylinux2014_x86_64\.whl$/,
  );
  const house = temporaryFolder({ [`tiny_wheel-1.5-cp311-cp311-${platform}.whl`]: file });
  vi.stubEnv('PIP_NO_INDEX', '1');
  vi.stubEnv('PIP_FIND_LINKS', house);
  expect(await findWheelUrl(query)).toBeUndefined();
});

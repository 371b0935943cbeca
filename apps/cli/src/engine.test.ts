import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePhotos } from './testing/make-photos.js';
import { runCli } from './testing/run-cli.js';

let folder: string;
let photos: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-engine-'));
  photos = await makePhotos(join(folder, 'photos'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const withoutNative = () => ({ REGRAFT_CACHE: join(folder, 'empty'), REGRAFT_ENGINE: '' });

/** A cache with something in it that isn't a native engine any more. */
const withBrokenNative = async () => {
  const cache = join(folder, 'broken');
  await mkdir(join(cache, 'engines', `native-${process.platform}-${process.arch}`), { recursive: true });
  return { REGRAFT_CACHE: cache, REGRAFT_ENGINE: '' };
};

test('list says of each engine whether it is here, and what adds it', async () => {
  const people = await runCli(['engine', 'list'], { env: withoutNative() });
  expect(people.exitCode, people.stderr).toBe(0);
  expect(people.stdout).toMatch(/native +no .*regraft engine install native/);
  expect(people.stdout).toMatch(/wasm +yes +TensorFlow\.js 4/);
  const machines = await runCli(['engine', 'list', '--json'], { env: withoutNative() });
  expect(machines.json()[0]).toMatchObject({
    engines: [{ engine: 'native', found: false }, { engine: 'wasm' }, { engine: 'cpu', threads: 1 }],
  });
});

test('a fit on an engine that is not here fails with the command that adds it, and can be resumed on one that is', async () => {
  const store = ['--store', join(folder, 'missing')];
  const env = withoutNative();
  const refused = await runCli(['fit', photos, '--engine', 'native', ...store], { env });
  expect(refused.exitCode).toBe(30);
  expect(refused.stderr).toContain('Add it with: regraft engine install native');
  const resumed = await runCli(['resume', '1', '--engine', 'wasm', ...store], { env });
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  const predicted = await runCli(
    ['predict', 'v1', join(photos, 'circles', '0.png'), '--engine', 'native', ...store],
    { env },
  );
  expect(predicted.exitCode).toBe(30);
}, 120_000);

test('a broken native engine is told of once, and wasm takes its place', async () => {
  const store = ['--store', join(folder, 'fallback')];
  const env = await withBrokenNative();
  const fitted = await runCli(['fit', photos, '--json', ...store], { env });
  expect(fitted.exitCode, fitted.stderr).toBe(0);
  const events = fitted.json();
  expect(events.find(({ type }) => type === 'run-start')).toMatchObject({ engine: { backend: 'wasm' } });
  expect(events.filter(({ type }) => type === 'warning')).toEqual([
    expect.objectContaining({ message: expect.stringContaining('regraft engine install native') }),
  ]);
  const predicted = await runCli(['predict', 'v1', join(photos, 'circles', '0.png'), ...store], { env });
  expect(predicted.exitCode).toBe(0);
  expect(predicted.stderr).toContain('regraft engine install native');
  const removed = await runCli(['engine', 'remove', 'native', '--json'], { env });
  expect(removed.json()[0]).toMatchObject({ engine: 'native', wasThere: true });
}, 120_000);

test('a REGRAFT_ENGINE that is none is refused', async () => {
  const { exitCode, stderr } = await runCli(['fit', photos, '--store', join(folder, 'none')], {
    env: { REGRAFT_ENGINE: 'gpu' },
  });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('REGRAFT_ENGINE must be native, wasm, cpu. Received: gpu');
});

test('only the native engine is installed and removed', async () => {
  for (const verb of ['install', 'remove']) {
    const { exitCode, stderr } = await runCli(['engine', verb, 'wasm']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Received: wasm');
  }
});

test('an installation that cannot be made says why in one sentence', async () => {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'python3'), '#!/bin/sh\nexit 1\n');
  await chmod(join(bin, 'python3'), 0o755);
  const env = { ...withoutNative(), PATH: bin };
  const people = await runCli(['engine', 'install', 'native'], { env });
  expect(people.exitCode).toBe(30);
  expect(people.stderr).toMatch(
    /^✖ Python with pip must be installed .*\n {2}Install Python 3 with pip, .*\n$/,
  );
  const machines = await runCli(['engine', 'install', 'native', '--json'], { env });
  expect(machines.json()).toMatchObject([{ error: { code: 'engine-unavailable' } }]);
});

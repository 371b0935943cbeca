import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openStore } from '@regraft/store';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { testImage } from '../testing/test-images.js';
import { testPreprocessing, testTrunk } from '../testing/test-trunk.js';
import { extractActivations } from './extract-activations.js';

const compiled = dirname(createRequire(import.meta.url).resolve('@regraft/studio/feature-worker'));
const urlOf = (path: string): string => JSON.stringify(pathToFileURL(path).href);

/** Runs a pass over the images in a process of its own, with `onProgress` as source text. */
const runPass = (folder: string, images: unknown, onProgress: string, env: NodeJS.ProcessEnv = {}) => {
  const trunk = { ...testTrunk, weights: undefined };
  const weights = [...testTrunk.weights].map(([name, { shape, data }]) => [name, { shape, data: [...data] }]);
  const script = `
    import { extractActivations } from ${urlOf(join(compiled, 'extract-activations.js'))};
    import { openStore } from ${urlOf(createRequire(import.meta.url).resolve('@regraft/store'))};
    const weights = new Map(${JSON.stringify(weights)}.map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }]));
    const store = await openStore(${JSON.stringify(join(folder, 'store'))});
    const result = await extractActivations({
      images: ${JSON.stringify(images)},
      chain: [{ ...${JSON.stringify(trunk)}, weights }],
      preprocessing: ${JSON.stringify(testPreprocessing)},
      activations: store.activations,
      threads: 3,
      onProgress: ${onProgress},
    });
    await result.close();
    await store.close();
    const loaded = process.report.getReport().sharedObjects.filter((path) => /onnxruntime|vips/.test(path));
    console.log(JSON.stringify({ hits: result.hits, misses: result.misses, loaded: loaded.length }));`;
  const file = join(folder, 'pass.mjs');
  writeFileSync(file, script);
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [file], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, signal, stderr, result: stdout.startsWith('{') ? JSON.parse(stdout) : stdout };
};

const makeImages = async (folder: string, count: number) =>
  Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const bytes = await testImage(index + 1, 300, 200)
        .jpeg()
        .toBuffer();
      const file = join(folder, `${index}.jpg`);
      writeFileSync(file, bytes);
      return { file, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  );

test('a pass whose rows are all there loads neither onnxruntime nor libvips', async () => {
  const folder = temporaryFolder();
  const images = await makeImages(folder, 30);
  const first = runPass(folder, images, '() => undefined');
  expect(first).toMatchObject({ status: 0, result: { hits: 0, misses: 30 } });
  expect(first.result.loaded).toBeGreaterThan(0);
  const second = runPass(folder, images, '() => undefined');
  expect(second).toMatchObject({ status: 0, result: { hits: 30, misses: 0, loaded: 0 } });
});

test('onnxruntime leaves no identity of the machine for its telemetry behind', async () => {
  const folder = temporaryFolder();
  const home = join(folder, 'home');
  mkdirSync(home);
  // On CI it would keep quiet by itself.
  const quiet = ['CI', 'GITHUB_ACTIONS', 'TF_BUILD', 'ORT_DISABLE_TELEMETRY', 'XDG_CACHE_HOME'];
  const env = { HOME: home, ...Object.fromEntries(quiet.map((name) => [name, undefined])) };
  const { status, result } = runPass(folder, await makeImages(folder, 3), '() => undefined', env);
  expect({ status, result }).toMatchObject({ status: 0, result: { misses: 3 } });
  expect(result.loaded).toBeGreaterThan(0);
  expect(readdirSync(home, { recursive: true })).toEqual([]);
});

test('a process that exits in the middle of a pass exits as it wanted to', async () => {
  const folder = temporaryFolder();
  const images = await makeImages(folder, 200);
  for (const done of [1, 30, 90]) {
    const { status, signal, stderr } = runPass(
      folder,
      images,
      `({ done }) => done === ${done} && process.exit(7)`,
    );
    expect({ status, signal, stderr }).toMatchObject({ status: 7, signal: null });
  }
});

test('a pass that is killed leaves whole rows: the next one computes the rest', async () => {
  const folder = temporaryFolder();
  const images = await makeImages(folder, 600);
  const killed = runPass(
    folder,
    images,
    "({ done }) => done === 580 && process.kill(process.pid, 'SIGKILL')",
  );
  expect(killed.signal).toBe('SIGKILL');
  const { result } = runPass(folder, images, '() => undefined');
  expect(result.hits).toBeGreaterThanOrEqual(256);
  expect(result.hits + result.misses).toBe(600);
  const store = await openStore(join(folder, 'store'));
  const request = { images, chain: [testTrunk], preprocessing: testPreprocessing };
  const cached = await extractActivations({ ...request, activations: store.activations });
  const fresh = await extractActivations(request);
  const rows = [cached, fresh].map(() => new Float32Array(600 * 24));
  const order = images.map((_, index) => index);
  await cached.views[0]!.source.read(order, rows[0]!);
  await fresh.views[0]!.source.read(order, rows[1]!);
  expect(cached.misses).toBe(0);
  expect(rows[0]).toEqual(rows[1]);
  await cached.close();
  await store.close();
});

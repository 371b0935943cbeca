import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePhotos } from './testing/make-photos.js';
import { runCli } from './testing/run-cli.js';

let folder: string;
let photos: string;
let store: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-rates-'));
  photos = await makePhotos(join(folder, 'photos'), { perClass: 12 });
  store = join(folder, 'store');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const lrFind = (...argv: string[]) => runCli(['lr-find', photos, '--store', store, ...argv]);

test('the curve of the blocks as JSON and as SVG, and fit finds its activations in the cache', async () => {
  const svg = join(folder, 'rates.svg');
  const argv = ['--unfreeze', '1', '--batch-size', '4', '--json'];
  const first = await lrFind(...argv, '--svg', svg);
  expect(first.exitCode, first.stderr).toBe(0);
  const search = first.json()[0]!;
  expect(search).toMatchObject({ phase: 'tail', blocks: 1, cache: { hits: 0, misses: 24 } });
  const points = search.points as { learningRate: number; loss: number }[];
  expect(points.length).toBeGreaterThan(20);
  expect(points[0]!.learningRate).toBeCloseTo(1e-7, 12);
  const drawn = await readFile(svg, 'utf8');
  expect(drawn).toMatch(/^<svg .*<title>Loss over learning rate; suggested: [\d.e-]+<\/title>.*<\/svg>\n$/s);
  expect(drawn).not.toContain('NaN');
  expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);

  const fitted = await runCli([
    'fit',
    photos,
    '--store',
    store,
    '--unfreeze',
    '1',
    '--epochs',
    '1',
    '--json',
  ]);
  expect(fitted.json().at(-1)).toMatchObject({ version: 'v1', cache: { misses: 0 } });
}, 120_000);

test('a terminal gets a plot of 80 columns without colour, and what to do next', async () => {
  const { stdout, exitCode } = await lrFind();
  expect(exitCode).toBe(0);
  expect(stdout).not.toContain('\u001b');
  expect(stdout).toMatch(/[\u2801-\u28ff]{10}/);
  expect(stdout).toContain('▲');
  expect(stdout).toMatch(/suggestion {4,}[\d.e-]+ {2}(the loss falls fastest|no fall stands out)/);
  for (const line of stdout.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
}, 60_000);

test('a file that cannot be written is refused before any work', async () => {
  const { exitCode, stderr } = await lrFind('--svg', join(folder, 'missing', 'rates.svg'));
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/must be writable where it is asked for. Received: .*rates\.svg \(ENOENT/);
});

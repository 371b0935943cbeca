import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePhotos } from './testing/make-photos.js';
import { runCli } from './testing/run-cli.js';

let folder: string;
let photos: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-watch-'));
  photos = await makePhotos(join(folder, 'photos'), { perClass: 20 });
  const { exitCode, stderr } = await runCli(['fit', photos, '--store', join(folder, 'store')]);
  expect(exitCode, stderr).toBe(0);
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const watch = (...argv: string[]) => ['watch', ...argv, '--store', join(folder, 'store')];

test('each new image of a folder is answered as it appears, the old ones are not; Ctrl-C ends it well', async () => {
  const inbox = join(folder, 'inbox');
  await mkdir(inbox);
  await copyFile(join(photos, 'circles', '0.png'), join(inbox, 'old.png'));
  let lines = 0;
  const { exitCode, stderr, json } = await runCli(watch('v1', inbox, '--json'), {
    onLine: (_, child) => {
      lines++;
      if (lines === 1) void copyFile(join(photos, 'squares', '0.png'), join(inbox, 'new.png'));
      else if (lines === 2) child.kill('SIGINT');
    },
  });
  expect(exitCode, stderr).toBe(0);
  expect(json().map(({ files }) => files)).toEqual([
    [],
    [expect.objectContaining({ file: join(inbox, 'new.png'), label: 'squares' })],
  ]);
});

test('files are named on standard input, and one that is no image has an answer of its own', async () => {
  const [good, bad] = [join(photos, 'circles', '1.png'), join(folder, 'none.png')];
  const { exitCode, stdout, stderr } = await runCli(watch('v1'), { input: `${good}\n${bad}\n` });
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toContain(good);
  expect(stdout).toMatch(/% {2}circles/);
  expect(stdout).toMatch(/none\.png .*there is no such file/);
});

test('a folder that is not there is said to be missing', async () => {
  const { exitCode, json } = await runCli(watch('v1', join(folder, 'none'), '--json'));
  expect(exitCode).toBe(10);
  expect(json()[0]).toMatchObject({ error: { code: 'data-not-found' } });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePhotos } from './testing/make-photos.js';
import { runCli } from './testing/run-cli.js';
import { writeTinyBackbone } from './testing/write-tiny-backbone.js';

let folder: string;
let recipe: string;

const regraft = (...argv: string[]) => runCli([...argv, '--store', join(folder, 'store')]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-attach-'));
  const photos = await makePhotos(join(folder, 'photos'), { perClass: 16 });
  recipe = join(folder, 'recipe.json');
  const start = { kind: 'backbone', name: await writeTinyBackbone(join(folder, 'tiny')) };
  const training = { epochs: 60, patience: null };
  await writeFile(recipe, JSON.stringify({ data: { folder: photos }, start, training }));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('a run that goes on in the background is followed to its result, and told of again when it is over', async () => {
  const { stdout } = await regraft('fit', '--recipe', recipe, '--unfreeze', '1', '--detach');
  expect(stdout).toContain('Come back to it with: regraft attach 1');

  const followed = await regraft('attach', '1', '--json');
  expect(followed.exitCode, followed.stderr).toBe(0);
  const events = followed.json();
  expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['run-start', 'training']));
  expect(events.at(-1)).toMatchObject({ type: 'result', run: 1, version: 'v1' });

  const again = await regraft('attach', '1', '--json');
  expect(again.exitCode, again.stderr).toBe(0);
  expect(again.json()).toEqual([events.at(-1)]);
  expect((await regraft('attach', '1')).stdout).toMatch(/v1[\s\S]*(validation|test accuracy)/);
}, 120_000);

test('a run that is stopped says how to go on', async () => {
  await regraft('fit', '--recipe', recipe, '--unfreeze', '2', '--epochs', '4000', '--detach');
  expect((await regraft('stop', '2')).exitCode).toBe(0);
  const { exitCode, stderr } = await regraft('attach', '2');
  expect(exitCode).toBe(130);
  expect(stderr).toContain('Run 2 is stopped');
  expect(stderr).toContain('regraft resume 2');
}, 120_000);

test('a run that is not there', async () => {
  const { exitCode, stderr } = await regraft('attach', '99');
  expect(exitCode).toBe(46);
  expect(stderr).toContain('99');
});

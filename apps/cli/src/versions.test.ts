import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deletion, VersionPair } from '@regraft/studio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePhotos } from './testing/make-photos.js';
import { runCli } from './testing/run-cli.js';

let folder: string;

const regraft = (...argv: string[]) => runCli([...argv, '--store', join(folder, 'store')]);

/** v2 was trained from v1 on the same photos, v3 knows stripes too. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-versions-'));
  const photos = await makePhotos(join(folder, 'photos'));
  const more = await makePhotos(join(folder, 'more'), { classes: ['circles', 'squares', 'stripes'] });
  for (const argv of [[photos, '--name', 'shapes'], [photos, '--from', 'v1', '--epochs', '2'], [more]]) {
    const { exitCode, stderr } = await regraft('fit', ...argv);
    expect(exitCode, stderr).toBe(0);
  }
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test('two versions are compared, by any reference', async () => {
  const { exitCode, stderr, json } = await regraft('compare', 'shapes', 'v2', '--json');
  expect(exitCode, stderr).toBe(0);
  const pair = json()[0] as unknown as VersionPair;
  expect(pair.versions.map(({ version }) => version)).toEqual(['v1', 'v2']);
  expect(pair).toMatchObject({
    versions: [{ parent: null }, { parent: 'v1' }],
    labels: { relation: 'same', onlyFirst: [], onlySecond: [] },
    sameImages: true,
  });
  expect(pair.settings).toContainEqual({ setting: 'training.epochs', values: [10, 2] });
  expect((await regraft('compare', 'v1', 'v2')).stdout).toMatch(/training\.epochs +10 +2 +differs/);
});

test('versions of other labels say which', async () => {
  const { stdout } = await regraft('compare', 'v1', 'v3');
  expect(stdout).toMatch(/labels +2 labels +3 labels +differs/);
  expect(stdout).toContain('Only v3 knows stripes.');
  const unknown = await regraft('compare', 'v1', 'v9');
  expect(unknown.exitCode).toBe(46);
  expect(unknown.stderr).toContain('v9');
});

test('a version is deleted after a yes only', async () => {
  const { exitCode, stderr } = await regraft('delete', 'v3');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('regraft delete v3 --yes');
  expect((await regraft('show', 'v3')).exitCode).toBe(0);

  const deleted = await regraft('delete', 'v3', '--yes', '--json');
  expect(deleted.exitCode, deleted.stderr).toBe(0);
  const { deleted: deletion } = deleted.json()[0] as unknown as { deleted: Deletion };
  expect(deletion).toMatchObject({ version: 'v3', holders: { aliases: [], children: [], runs: [] } });
  expect(deletion.bytes).toBeGreaterThan(1_000_000);
  expect((await regraft('show', 'v3')).exitCode).toBe(46);
});

test('what is held is deleted by force only', async () => {
  await regraft('alias', 'champion', 'v1');
  const refused = await regraft('delete', 'v1', '--yes');
  expect(refused.exitCode).toBe(47);
  expect(refused.stderr).toContain('held by alias champion, its child v2');
  expect(refused.stderr).toContain('--force');
  expect((await regraft('show', 'champion')).exitCode).toBe(0);

  const forced = await regraft('delete', 'v1', '--yes', '--force');
  expect(forced.exitCode, forced.stderr).toBe(0);
  expect(forced.stdout).toMatch(/v1 is deleted\. Its files take \d/);
  expect((await regraft('alias', '--json')).json()[0]).toEqual({ aliases: [] });
  const shown = (await regraft('show', 'v2', '--json')).json()[0] as { lineage: string[] };
  expect(shown.lineage).toEqual(['mobilenet-v2.openimages', 'v2']);
});

import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Promotion } from '@regraft/studio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePhotos } from './testing/make-photos.js';
import { type CliRun, runCli } from './testing/run-cli.js';

let folder: string;
let photos: string;
let swapped: string;

const regraft = (...argv: string[]) => runCli([...argv, '--store', join(folder, 'store')]);

const promote = async (...argv: string[]): Promise<Promotion> => {
  const { exitCode, stdout, json } = await regraft('promote', ...argv, '--json');
  expect(exitCode, stdout).toBe(0);
  return json()[0] as unknown as Promotion;
};

const championOf = async (): Promise<unknown> => {
  const { aliases } = (await regraft('alias', '--json')).json()[0] as unknown as {
    aliases: { name: string; version: string }[];
  };
  return aliases.find(({ name }) => name === 'champion')?.version;
};

const expectRefusal = ({ exitCode, stderr }: CliRun, code: number, ...words: string[]): void => {
  expect(exitCode, stderr).toBe(code);
  expect(stderr).toMatch(/^✖ .+\n {2}\S/);
  for (const word of words) expect(stderr).toContain(word);
};

/** v1 and v2 learn the same photos, split by other seeds; v3 learns circles as squares; v4 knows other labels. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-promote-'));
  photos = await makePhotos(join(folder, 'photos'), { perClass: 40 });
  const others = await makePhotos(join(folder, 'others'), { perClass: 20, offset: 100 });
  swapped = join(folder, 'swapped');
  await cp(join(others, 'circles'), join(swapped, 'squares'), { recursive: true });
  await cp(join(others, 'squares'), join(swapped, 'circles'), { recursive: true });
  const stripes = await makePhotos(join(folder, 'stripes'), { classes: ['circles', 'stripes'], offset: 200 });
  for (const argv of [
    [photos],
    [photos, '--seed', '9'],
    [swapped, '--unfreeze', '1', '--epochs', '1'],
    [stripes],
  ]) {
    const { exitCode, stderr } = await regraft('fit', ...argv);
    expect(exitCode, stderr).toBe(0);
  }
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test('the first version has nothing to be compared with', async () => {
  expect(await promote('v1')).toMatchObject({
    alias: 'champion',
    previous: null,
    verdict: 'first',
    moved: true,
  });
  expect(await promote('v1')).toMatchObject({ verdict: 'unchanged', moved: false });
  expect((await regraft('promote', 'v1')).stdout).toContain('champion is already v1');
});

test('a version that is as good moves the name; images that one of the two has learned from do not count', async () => {
  const { comparison, ...promotion } = await promote('v2');
  expect(promotion).toMatchObject({ previous: 'v1', version: 'v2', verdict: 'no-evidence', moved: true });
  expect(comparison!.learned).toBeGreaterThan(0);
  expect(comparison!.difference.n + comparison!.learned).toBe(12);
  const { stdout } = await regraft('promote', 'v1');
  expect(stdout).toMatch(/difference +[+-]\d+\.\d points/);
  expect(stdout).toMatch(/champion is now v1: .+ images? can't rule out a loss of up to \d/);
});

test('a version that is worse leaves the name where it is, with both accuracies and what to do', async () => {
  const refused = await regraft('promote', 'v3');
  expectRefusal(refused, 53, 'v3 against v1', ': worse, on 12 images', 'champion stays at v1', '--force');
  expect(refused.stdout).toMatch(/v1 +\d+\.\d % \(/);
  expect(refused.stdout).toMatch(/v3 +\d+\.\d % \(/);
  expect(await championOf()).toBe('v1');
  const { error } = (await regraft('promote', 'v3', '--json')).json()[0] as unknown as {
    error: { code: string; details: { promotion: Promotion } };
  };
  expect(error.code).toBe('promotion-refused');
  expect(error.details.promotion).toMatchObject({ verdict: 'worse', moved: false });
  const shown = (await regraft('show', 'v3', '--json')).json()[0] as unknown as { evaluations: unknown[] };
  expect(shown.evaluations).toHaveLength(2);
});

test('the test set can be named, and its labels must be known', async () => {
  expect(await promote('v3', 'swapper', '--test', swapped)).toMatchObject({ verdict: 'first' });
  const { comparison, verdict } = await promote('v1', 'swapper', '--test', photos);
  expect(verdict).toBe('not-worse');
  expect(comparison).toMatchObject({ test: photos, difference: { n: 24 } });
  const unknown = await regraft('promote', 'v3', 'swapper', '--test', join(folder, 'stripes'));
  expectRefusal(unknown, 14, 'stripes');
  expectRefusal(await regraft('promote', 'v3', 'swapper', '--test', join(folder, 'nowhere')), 10, 'nowhere');
});

test('versions of other labels are not compared', async () => {
  expectRefusal(await regraft('promote', 'v4'), 53, 'v1 knows circles, squares', 'v4 knows circles, stripes');
  expect(await championOf()).toBe('v1');
});

test('a forced promotion says why, and the history keeps it with who and what was measured', async () => {
  expectRefusal(await regraft('promote', 'v3', '--force'), 2, '--note');
  expectRefusal(await regraft('promote', 'v3', '--note', 'on a whim'), 2, '--force');
  const forced = await promote('v3', '--force', '--note', 'it draws nicer');
  expect(forced).toMatchObject({ verdict: 'worse', forced: true, moved: true });
  const { moves } = (await regraft('alias', '--history', 'champion', '--json')).json()[0] as unknown as {
    moves: unknown[];
  };
  expect(moves[0]).toMatchObject({
    from: 'v1',
    to: 'v3',
    by: userInfo().username,
    note: 'it draws nicer',
    evidence: { verdict: 'worse', forced: true, comparison: { difference: { n: 12 } } },
  });
  expect((await regraft('alias', '--history', 'champion')).stdout).toMatch(
    /worse, n 12; forced +it draws nicer/,
  );
  expectRefusal(await regraft('alias', '--history', 'champoin'), 46, 'Did you mean champion?');
});

test('without a test image that can be read, only force moves the name', async () => {
  expect(await promote('v2', 'steady')).toMatchObject({ verdict: 'first' });
  await rename(photos, `${photos}-away`);
  await rename(swapped, `${swapped}-away`);
  await rm(join(folder, 'store', 'activations'), { recursive: true });
  await regraft('store', 'check');
  try {
    expectRefusal(await regraft('promote', 'v3', 'steady'), 12, 'that can be read', '--test');
    const forced = await promote('v3', 'steady', '--force', '--note', 'the photos are lost');
    expect(forced).toMatchObject({ verdict: 'not-measured', comparison: null, forced: true });
  } finally {
    await rename(`${photos}-away`, photos);
    await rename(`${swapped}-away`, swapped);
  }
});

test.each(['-1', '101', 'one', ''])('a margin of "%s" is refused', async (margin) => {
  const { exitCode, stderr } = await regraft('promote', 'v1', `--margin=${margin}`);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('from 0 to 100');
});

test('a version that is not there', async () => {
  expectRefusal(await regraft('promote', 'v9'), 46, 'v9');
});

import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunResult } from '@regraft/studio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePhotos } from './testing/make-photos.js';
import { type CliRun, runCli } from './testing/run-cli.js';

let folder: string;
let old: string;
let others: string;

const regraft = (...argv: string[]) => runCli([...argv, '--store', join(folder, 'store')]);

const resultOf = ({ exitCode, stdout, stderr, json }: CliRun): RunResult => {
  expect(exitCode, stdout + stderr).toBe(0);
  return json().at(-1) as unknown as RunResult;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-tune-'));
  old = await makePhotos(join(folder, 'old'), { perClass: 40 });
  others = await makePhotos(join(folder, 'others'), { classes: ['stripes', 'triangles'], perClass: 20 });
  resultOf(await regraft('fit', old, '--name', 'shapes', '--json'));
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test('a kept head is measured before and after, on the new images and on the old ones', async () => {
  const more = await makePhotos(join(folder, 'more'), { perClass: 12, offset: 100 });
  const { metrics, version } = resultOf(await regraft('fit', more, '--from', 'shapes', '--json'));
  expect(metrics.improvement).toMatchObject({
    before: { n: metrics.test!.n },
    after: { value: metrics.test!.accuracy.value },
  });
  expect(metrics.forgetting).toMatchObject({ split: 'test', unreadable: 0, difference: { n: 12 } });
  expect(metrics.newImages).toBeNull();
  const { stdout } = await regraft('show', version);
  expect(stdout).toMatch(/old images +\d+\.\d % → \d+\.\d %, [+-]\d+\.\d points \(.+\): .+, n 12/);
  expect(stdout).toMatch(/new images +\d+\.\d % → \d+\.\d %/);
});

test('a head of its own answers no old label, so there is nothing to compare', async () => {
  const { metrics } = resultOf(await regraft('fit', others, '--from', 'shapes', '--json'));
  expect(metrics).toMatchObject({ forgetting: null, improvement: null, newImages: null });
});

const extend = (...argv: string[]) =>
  regraft('fit', others, '--from', 'shapes', '--head', 'extend', '--json', ...argv);

test('an extended head that sees old images again forgets clearly less than one that does not', async () => {
  const bare = await extend('--replay', '0');
  const forgetful = resultOf(bare).metrics;
  const warning = bare.json().find(({ type }) => type === 'warning');
  expect(warning?.message).toContain('circles, squares');
  expect(forgetful.forgetting!.difference.high).toBeLessThan(0);

  const replaying = await extend('--replay', '20');
  const { metrics, labels } = resultOf(replaying);
  expect(replaying.json().find(({ type }) => type === 'data-scanned')).toMatchObject({
    replayed: 20 + 20 + 12 + 12,
    images: { train: 28 + 40, validation: 6 + 12, test: 6 + 12 },
  });
  expect(labels).toEqual(['circles', 'squares', 'stripes', 'triangles']);
  expect(metrics.forgetting!.before).toEqual(forgetful.forgetting!.before);
  expect(metrics.forgetting!.after.value).toBeGreaterThan(forgetful.forgetting!.after.value! + 0.3);
  expect(metrics.test!.n).toBe(18);
  expect(metrics.newImages!.n).toBe(6);
});

test('a version that was trained with old images hands them on to the next', async () => {
  const { version } = resultOf(await extend('--replay', '5'));
  const more = await makePhotos(join(folder, 'two-more'), {
    classes: ['circles', 'stripes'],
    perClass: 12,
    offset: 200,
  });
  const { metrics } = resultOf(
    await regraft('fit', more, '--from', version, '--head', 'keep', '--replay', '5', '--json'),
  );
  expect(metrics.forgetting!.difference.n).toBe(18);
  expect(metrics.improvement!.difference.n).toBe(metrics.newImages!.n);
});

test('old images whose files are gone come from the cache, and are told of where they are not in it', async () => {
  const moved = join(folder, 'away');
  await rename(old, moved);
  try {
    const cached = resultOf(await extend());
    expect(cached.metrics.forgetting).toMatchObject({ unreadable: 0, difference: { n: 12 } });
    const deeper = await extend('--unfreeze', '1', '--epochs', '1');
    const { metrics } = resultOf(deeper);
    expect(metrics.forgetting).toBeNull();
    const warnings = deeper.json().flatMap(({ type, message }) => (type === 'warning' ? [message] : []));
    expect(warnings).toEqual([
      expect.stringContaining("Old images that can't be read any more"),
      expect.stringContaining('No image of circles, squares is there to train on'),
      expect.stringContaining("can't be measured"),
    ]);
  } finally {
    await rename(moved, old);
  }
});

test('a run that replays old images ends with the same weights after it was killed, even without their files', async () => {
  const weightsOf = async (version: string): Promise<unknown> => {
    const { files } = (await regraft('show', version, '--json')).json()[0] as unknown as {
      files: { name: string; sha256: string }[];
    };
    return files.find(({ name }) => name === 'weights.bin')!.sha256;
  };
  const trained = ['--unfreeze', '1', '--epochs', '3', '--learning-rate', '1e-3', '--replay', '10'];
  const whole = resultOf(await extend(...trained));
  let run = 0;
  let pid: Promise<unknown> | undefined;
  let killed = false;
  await runCli(
    [
      ...['fit', others, '--from', 'shapes', '--head', 'extend', '--json', ...trained],
      ...['--store', join(folder, 'store')],
    ],
    {
      onLine: (line) => {
        if (line.includes('"run-start"')) {
          run = (JSON.parse(line) as { run: number }).run;
          pid = regraft('show', String(run), '--json').then((shown) => shown.json()[0]!.pid);
        }
        if (killed || !/"training".*"phase":"tail","epoch":1,/.test(line)) return;
        killed = true;
        void pid!.then((known) => process.kill(known as number, 'SIGKILL'));
      },
    },
  );
  expect(killed).toBe(true);
  const moved = join(folder, 'away');
  await rename(old, moved);
  const resumed = await regraft('resume', String(run), '--json');
  await rename(moved, old);
  expect(await weightsOf(resultOf(resumed).version)).toBe(await weightsOf(whole.version));
}, 120_000);

test('old images can not be replayed to a new head', async () => {
  const { exitCode, stderr } = await regraft('fit', others, '--from', 'shapes', '--replay', '5');
  expect(exitCode).toBe(15);
  expect(stderr).toContain('--replay 5');
  expect((await regraft('fit', old, '--replay', 'many')).exitCode).toBe(2);
});

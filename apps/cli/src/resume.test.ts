import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePhotos } from './testing/make-photos.js';
import { runCli } from './testing/run-cli.js';
import { writeTinyBackbone } from './testing/write-tiny-backbone.js';

let folder: string;
let photos: string;
let expected: string;

/** Far more epochs than a run needs: it must not end in the second that a request to stop may take to be seen. */
const training = { epochs: 100, patience: null };

const recipe = () => [
  'fit',
  photos,
  '--unfreeze',
  '1',
  '--seed',
  '5',
  '--recipe',
  join(folder, 'recipe.json'),
];

const storeAt = (name: string) => join(folder, name);

const weightsOf = async (store: string): Promise<string> => {
  const { json } = await runCli(['show', 'v1', '--json', '--store', store]);
  const { files } = json()[0] as unknown as { files: { name: string; sha256: string }[] };
  return files.find(({ name }) => name === 'weights.bin')!.sha256;
};

interface ShownRun {
  readonly status: string;
  readonly resumable: boolean;
  readonly pid: number | null;
}

const showRun = async (store: string): Promise<ShownRun> =>
  (await runCli(['show', '1', '--json', '--store', store])).json()[0] as unknown as ShownRun;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-resume-'));
  photos = await makePhotos(join(folder, 'photos'), { perClass: 16 });
  const start = { kind: 'backbone', name: await writeTinyBackbone(join(folder, 'tiny')) };
  await writeFile(join(folder, 'recipe.json'), JSON.stringify({ data: { folder: photos }, start, training }));
  const { exitCode, stderr } = await runCli([...recipe(), '--store', storeAt('whole')]);
  expect(exitCode, stderr).toBe(0);
  expected = await weightsOf(storeAt('whole'));
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Ends the run's process without a warning, as a power cut would, and waits until the command noticed. */
const killAfter = async (store: string, argv: readonly string[], milliseconds: number): Promise<void> => {
  const command = runCli([...argv, '--store', store]);
  await sleep(milliseconds);
  const { pid, status } = await showRun(store).catch(() => ({ pid: null, status: 'queued' }));
  if (pid !== null && status === 'running') process.kill(pid, 'SIGKILL');
  await command;
};

describe('a run that was killed ends with the same weights as one that was not', () => {
  const moments = Array.from({ length: 3 }, () => 500 + Math.round(Math.random() * 6000));

  test.each(moments)(
    'killed after %i ms, and again while it resumes',
    async (milliseconds) => {
      const store = storeAt(`killed-${milliseconds}`);
      await killAfter(store, recipe(), milliseconds);
      for (let attempt = 0; (await showRun(store)).status !== 'finished' && attempt < 2; attempt++) {
        expect(await showRun(store)).toMatchObject({ status: 'interrupted', resumable: true });
        await killAfter(store, ['resume', '1'], milliseconds * (attempt + 1));
      }
      if ((await showRun(store)).status !== 'finished') {
        const resumed = await runCli(['resume', '1', '--store', store]);
        expect(resumed.exitCode, resumed.stderr).toBe(0);
      }
      expect(await weightsOf(store)).toBe(expected);
      expect((await runCli(['store', 'check', '--store', store])).exitCode).toBe(0);
    },
    120_000,
  );
});

// Epochs enough for the run to last longer than a kill takes to arrive.
test.each([
  ['wasm', 'mobilenet-v2.openimages', '3'],
  ['cpu', 'tiny', '4'],
])(
  'a run killed on %s while blocks train, averaged and one after another, ends with the same weights',
  async (engine, name, epochs) => {
    const backbone = name === 'tiny' ? await writeTinyBackbone(join(folder, name)) : name;
    const trained = [
      ...['fit', photos, '--backbone', backbone, '--engine', engine],
      ...['--unfreeze', '2', '--gradual', '--layer-decay', '0.5', '--ema', '0.9'],
      ...['--epochs', epochs, '--learning-rate', '1e-3', '--seed', '5', '--json'],
    ];
    const whole = await runCli([...trained, '--store', storeAt(`whole-${engine}`)]);
    expect(whole.exitCode, whole.stderr).toBe(0);
    const store = storeAt(`killed-${engine}`);
    let pid: Promise<number | null> | undefined;
    let killed = false;
    const first = await runCli([...trained, '--store', store], {
      onLine: (line) => {
        if (line.includes('"run-start"')) pid = showRun(store).then((run) => run.pid);
        if (killed || !/"training".*"phase":"tail","epoch":1,/.test(line)) return;
        killed = true;
        void pid!.then((known) => process.kill(known!, 'SIGKILL'));
      },
    });
    expect(killed).toBe(true);
    expect(first.exitCode).toBe(51);
    expect(first.stdout).toMatch(/its process is gone\..+short of memory, begin anew with --batch-size 16/);
    expect(await showRun(store)).toMatchObject({ status: 'interrupted', resumable: true });
    const resumed = await runCli(['resume', '1', '--engine', engine, '--store', store, '--json']);
    expect(resumed.exitCode, resumed.stderr).toBe(0);
    const phases = resumed.json().flatMap(({ type, phase }) => (type === 'phase-start' ? [phase] : []));
    expect(phases).toContain('tail');
    expect(phases).not.toContain('head');
    expect(await weightsOf(store)).toBe(await weightsOf(storeAt(`whole-${engine}`)));
  },
  120_000,
);

test('Ctrl-C stops at the next checkpoint, says how to resume, and resuming gives the same weights', async () => {
  const store = storeAt('stopped');
  let interrupted = false;
  const stopped = await runCli([...recipe(), '--store', store, '--json'], {
    onLine: (line, child) => {
      if (interrupted || !line.includes('"epoch-end"')) return;
      interrupted = child.kill('SIGINT');
    },
  });
  expect(stopped.exitCode).toBe(130);
  expect(stopped.json().at(-1)).toMatchObject({
    error: { code: 'cancelled', hint: 'Go on with: regraft resume 1' },
  });
  expect(await showRun(store)).toMatchObject({ status: 'stopped' });
  const resumed = await runCli(['resume', '1', '--store', store, '--json']);
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  expect(resumed.json().at(-1)).toMatchObject({ type: 'result', version: 'v1', cache: { misses: 0 } });
  expect(await weightsOf(store)).toBe(expected);
}, 120_000);

test('a run is not resumed on another engine unless somebody says so', async () => {
  const store = storeAt('another-engine');
  let stopped = false;
  await runCli([...recipe(), '--store', store, '--json'], {
    onLine: (line, child) => {
      if (stopped || !line.includes('"epoch-end"')) return;
      stopped = child.kill('SIGINT');
    },
  });
  const refused = await runCli(['resume', '1', '--engine', 'cpu', '--store', store, '--json']);
  expect(refused.exitCode).toBe(31);
  expect(refused.json().at(-1)).toMatchObject({
    error: { code: 'engine-mismatch', hint: expect.stringContaining('regraft resume 1 --engine wasm') },
  });
  const resumed = await runCli(['resume', '1', '--engine', 'wasm', '--store', store]);
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  expect(await weightsOf(store)).toBe(expected);
}, 120_000);

test('stop from another terminal, and a run that goes on without one', async () => {
  const store = storeAt('detached');
  const { json } = await runCli([...recipe(), '--store', store, '--detach', '--json']);
  expect(json()).toEqual([{ run: 1 }]);
  const stopped = await runCli(['stop', '1', '--store', store, '--json']);
  expect(stopped.json()[0]).toMatchObject({ run: 1, status: 'stopped' });
  const again = await runCli(['resume', '1', '--store', store]);
  expect(again.exitCode, again.stderr).toBe(0);
  expect(await weightsOf(store)).toBe(expected);
  const finished = await runCli(['resume', '1', '--store', store]);
  expect(finished.exitCode).toBe(52);
  expect(finished.stderr).toContain('v1');
}, 120_000);

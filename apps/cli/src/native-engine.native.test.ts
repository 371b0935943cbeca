import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePhotos } from './testing/make-photos.js';
import { type CliOptions, runCli } from './testing/run-cli.js';

let folder: string;
let photos: string;
let expected: string;

const storeAt = (name: string) => join(folder, name);

const fit = (store: string, options?: CliOptions) =>
  runCli(
    [
      'fit',
      photos,
      '--unfreeze',
      '2',
      '--epochs',
      '4',
      '--seed',
      '5',
      '--threads',
      '2',
      '--store',
      store,
      '--json',
    ],
    options,
  );

interface ShownVersion {
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

const weightsOf = async (store: string): Promise<string> => {
  const { json } = await runCli(['show', 'v1', '--json', '--store', store]);
  const { files } = json()[0] as unknown as ShownVersion;
  return files.find(({ name }) => name === 'weights.bin')!.sha256;
};

const pidOf = async (store: string): Promise<number> =>
  (await runCli(['show', '1', '--json', '--store', store])).json()[0]!.pid as number;

/** Ends a fit's process without a warning after its second epoch of training blocks. */
const fitUntilKilled = async (store: string): Promise<void> => {
  const killing: Promise<void>[] = [];
  let epochs = 0;
  await fit(store, {
    onLine: (line) => {
      if (!line.includes('"epoch-end"')) return;
      epochs += 1;
      if (epochs === 2) killing.push(pidOf(store).then((pid) => void process.kill(pid, 'SIGKILL')));
    },
  });
  await Promise.all(killing);
  expect(killing).toHaveLength(1);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-native-'));
  photos = await makePhotos(join(folder, 'photos'), { perClass: 100 });
  const { exitCode, stderr, json } = await fit(storeAt('whole'));
  expect(exitCode, stderr).toBe(0);
  expect(json().find(({ type }) => type === 'run-start')).toMatchObject({
    engine: {
      backend: 'native',
      threads: 2,
      versions: { 'tfjs-node': expect.any(String), tensorflow: expect.any(String) },
    },
  });
  expected = await weightsOf(storeAt('whole'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('the same seed and threads give the same bits in another process', async () => {
  const { exitCode, stderr } = await fit(storeAt('again'));
  expect(exitCode, stderr).toBe(0);
  expect(await weightsOf(storeAt('again'))).toBe(expected);
});

test('a run killed while blocks train resumes to the same bits, and on nothing but its own engine', async () => {
  const store = storeAt('killed');
  await fitUntilKilled(store);
  for (const other of [
    ['--engine', 'wasm'],
    ['--threads', '1'],
  ]) {
    const refused = await runCli(['resume', '1', ...other, '--store', store, '--json']);
    expect(refused.exitCode).toBe(31);
    expect(refused.json().at(-1)).toMatchObject({
      error: { hint: expect.stringContaining('regraft resume 1 --engine native --threads 2') },
    });
  }
  const resumed = await runCli(['resume', '1', '--threads', '2', '--store', store]);
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  expect(await weightsOf(store)).toBe(expected);
});

test('evaluate and predict agree with the wasm engine, and nothing is written to stderr', async () => {
  const store = ['--store', storeAt('whole'), '--json'];
  const image = join(photos, 'circles', '3.png');
  const native = await runCli(['predict', 'v1', image, '--engine', 'native', ...store]);
  const wasm = await runCli(['predict', 'v1', image, '--engine', 'wasm', ...store]);
  expect([native.exitCode, native.stderr]).toEqual([0, '']);
  const circles = ({ json }: typeof native): number =>
    (json()[0] as unknown as { files: { probabilities: { circles: number } }[] }).files[0]!.probabilities
      .circles;
  expect(circles(native)).toBeCloseTo(circles(wasm), 5);
  const evaluated = await runCli(['evaluate', 'v1', photos, '--engine', 'native', ...store]);
  expect([evaluated.exitCode, evaluated.stderr]).toEqual([0, '']);
});

test('the engines are listed and measured', async () => {
  const { json } = await runCli(['engine', 'list', '--json']);
  expect(json()[0]).toMatchObject({
    engines: [
      { engine: 'native', found: true, version: expect.stringContaining('TensorFlow 2'), problem: null },
      { engine: 'wasm', found: true },
      { engine: 'cpu', found: true },
    ],
  });
  const doctor = await runCli(['doctor', '--json', '--store', storeAt('whole')]);
  expect(doctor.json()[0]).toMatchObject({
    findings: expect.arrayContaining([
      { subject: 'native', state: 'good', what: expect.stringMatching(/TensorFlow 2.* ms an image/) },
    ]),
  });
});

import { copyFile, cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Verdict } from '@regraft/studio';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeScenes } from './testing/make-scenes.js';
import { type CliRun, runCli } from './testing/run-cli.js';
import { writeTinyBackbone } from './testing/write-tiny-backbone.js';

let folder: string;
let backbone: string;
let trained: string;

const inFolder = (name: string): string => join(folder, name);
const store = (): string[] => ['--store', inFolder('store')];

const run = async (...argv: string[]): Promise<CliRun> => {
  const done = await runCli(argv);
  expect(done.exitCode, done.stderr).toBe(0);
  return done;
};

const adviseIn = async (place: string[], ...argv: string[]): Promise<Verdict> => {
  const done = await run('advise', ...argv, '--json', ...place);
  return (done.json().at(-1) as unknown as { verdict: Verdict }).verdict;
};

const advise = (...argv: string[]): Promise<Verdict> => adviseIn(store(), ...argv);

const errorOf = ({ stdout }: CliRun): { code: string; message: string; hint?: string } =>
  (JSON.parse(stdout.trim().split('\n').at(-1)!) as { error: ReturnType<typeof errorOf> }).error;

const adviseBadly = async (...argv: string[]) =>
  errorOf(await runCli(['advise', ...argv, '--json', ...store()]));

/** An advice takes seconds; on a machine with much else to do, many of them. */
const busy = 180_000;

vi.setConfig({ testTimeout: busy });

/** The first twelve drawings of each class are trained on, the rest held out. */
const trainedOn = 12;
const perClass = 18;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-advise-'));
  backbone = await writeTinyBackbone(inFolder('tiny'));
  const photos = await makeScenes(inFolder('photos'), { perClass });
  const lines = ['leaves', 'skies'].flatMap((shape) =>
    Array.from({ length: perClass }, (_, index) => {
      const split = index < trainedOn ? 'train' : index % 2 === 0 ? 'validation' : 'test';
      return `${join(photos, shape, `${index}.png`)},${shape},${split}`;
    }),
  );
  trained = inFolder('photos.csv');
  await writeFile(trained, `path,label,split\n${lines.join('\n')}\n`);
  await run('fit', trained, '--backbone', backbone, ...store());
}, busy);

afterAll(() => rm(folder, { recursive: true, force: true }));

test('images of the same kind: the version is kept, at once, and the run shows it again', async () => {
  const same = await makeScenes(inFolder('same'), { seed: 2 });
  const verdict = await advise('v1', same);
  expect(verdict.recommendation.action).toEqual({ kind: 'keep' });
  expect(verdict.command).toBeNull();
  expect(verdict.evidence).toMatchObject({ case: 'same-labels', arms: [] });
  expect(verdict.evidence.notTried).toContain('training on them: nothing shows that it is needed');
  const shown = await run('show', '2', ...store());
  expect(shown.stdout).toContain('run 2  advise, finished');
  expect(shown.stdout).toContain(verdict.headline);
  expect((await run('runs', ...store())).stdout).toMatch(/2 +advise +finished +v1 .*\/same +keep/);
});

test('new labels: arms are compared, and the command does what is recommended', async () => {
  const fresh = await makeScenes(inFolder('fresh'), { classes: ['roses', 'sands'], perClass: 80 });
  const verdict = await advise('v1', fresh, '--epochs', '4');
  expect(verdict.evidence.case).toBe('new-labels');
  expect(verdict.evidence.arms.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['head', 'last-2', 'all']),
  );
  const head = verdict.evidence.arms.find(({ name }) => name === 'head')!;
  expect(head.status).toBe('finished');
  expect(head.test!.n).toBe(24);
  expect(verdict.evidence.forgetting).toBeNull();
  // The version sees images of 32 px, the backbone that it is compared with those of 224 px.
  const ranked = verdict.evidence.backbones.map(({ id, current }) => [id, current]);
  expect(ranked).toEqual(
    expect.arrayContaining([
      ['tiny.local', true],
      ['mobilenet-v2.openimages', false],
    ]),
  );
  expect(verdict.reasons.length).toBeGreaterThan(0);
  const [program, ...argv] = verdict.command!.split(' ');
  expect(program).toBe('regraft');
  await run(...argv, ...store());
});

test('another hand: what the fine-tune costs is measured on the old images', async () => {
  const inverted = inFolder('inverted');
  for (const shape of ['leaves', 'skies']) {
    await mkdir(join(inverted, shape), { recursive: true });
    for (let index = 0; index < 16; index++) {
      const picture = sharp(join(inFolder('photos'), shape, `${index}.png`))
        .negate()
        .rotate(90);
      await picture.toFile(join(inverted, shape, `${index}.png`));
    }
  }
  const { evidence } = await advise('v1', inverted);
  expect(evidence.drift!.decision).toBe('drift');
  expect(evidence.strangest.length).toBeGreaterThan(0);
  expect(evidence.arms.map(({ name }) => name)).toContain('keep');
  if (evidence.choice!.chosen !== 'keep') expect(evidence.forgetting!.difference.n).toBe(6);
});

test('one image is a test set', async () => {
  const one = inFolder('one');
  await mkdir(join(one, 'leaves'), { recursive: true });
  await copyFile(join(inFolder('photos'), 'leaves', `${trainedOn}.png`), join(one, 'leaves', 'a.png'));
  const verdict = await advise('v1', one);
  expect(verdict.evidence).toMatchObject({ case: 'test-set', drift: null, asItIs: { n: 1 } });
  expect(verdict.recommendation).toMatchObject({ action: { kind: 'keep' }, confidence: 'low' });
  expect(verdict.evidence.notTried.join('\n')).toContain('that takes 5 of them');
});

test('one class that the version knows is a test set', async () => {
  const one = await makeScenes(inFolder('one-class'), { classes: ['leaves'], seed: 3 });
  expect((await advise('v1', one)).evidence).toMatchObject({ case: 'test-set', asItIs: { n: 12 } });
});

test('too few images with labels that the version does not know can neither be trained on nor tested', async () => {
  const few = await makeScenes(inFolder('few'), { classes: ['roses', 'sands'], perClass: 1 });
  expect(await adviseBadly('v1', few)).toMatchObject({ code: 'data-too-small' });
});

test('images that the version was trained on say nothing new, nor do copies of them', async () => {
  const again = inFolder('again');
  for (const shape of ['leaves', 'skies']) {
    await mkdir(join(again, shape), { recursive: true });
    for (let index = 0; index < 6; index++) {
      const file = join(inFolder('photos'), shape, `${index}.png`);
      if (index < 3) await copyFile(file, join(again, shape, `${index}.png`));
      else
        await sharp(file)
          .resize(80, 80)
          .toFile(join(again, shape, `${index}.png`));
    }
  }
  const error = await adviseBadly('v1', again);
  expect(error).toMatchObject({
    code: 'data-invalid',
    message: expect.stringContaining('v1 was trained on'),
  });
});

test('labels that differ in capitals alone are proposed as the same, and taken so when told', async () => {
  const capitals = inFolder('capitals');
  await makeScenes(capitals, { seed: 4 });
  await rename(join(capitals, 'leaves'), join(capitals, 'Leaves'));
  await rename(join(capitals, 'skies'), join(capitals, 'SKIES'));
  const asWritten = await advise('v1', capitals);
  expect(asWritten.evidence).toMatchObject({ case: 'new-labels', labels: { relation: 'renamed' } });
  expect(asWritten.evidence.notTried[0]).toContain('--rename Leaves=leaves --rename SKIES=skies');
  const told = await advise('v1', capitals, '--rename', 'Leaves=leaves', '--rename', 'SKIES=skies');
  expect(told.evidence).toMatchObject({
    case: 'same-labels',
    labels: { relation: 'same' },
    asItIs: { n: 24 },
  });
  expect(told.evidence.notTried.join('\n')).not.toContain('--rename');
  const { evidence: taken } = await advise('v1', capitals, '--rename', 'auto');
  expect(taken).toEqual(told.evidence);
  expect(await adviseBadly('v1', capitals, '--rename', 'Leave=leaves')).toMatchObject({
    code: 'labels-mismatch',
    hint: 'Did you mean Leaves?',
  });
});

test('images of one colour', async () => {
  const plain = inFolder('plain');
  for (const [shape, first] of [
    ['leaves', 10],
    ['skies', 130],
  ] as const) {
    await mkdir(join(plain, shape), { recursive: true });
    for (let index = 0; index < 10; index++) {
      const grey = first + 6 * index;
      const background = { r: grey, g: grey, b: grey };
      await sharp({ create: { width: 40, height: 40, channels: 3, background } })
        .png()
        .toFile(join(plain, shape, `${index}.png`));
    }
  }
  const { evidence } = await advise('v1', plain);
  expect(evidence.duplicates).toMatchObject({ near: 0 });
  expect(evidence.drift!.decision).toBe('drift');
});

test('a budget too small for any arm: the head alone is trained, and the rest is said', async () => {
  const fresh = await makeScenes(inFolder('hurry'), { classes: ['roses', 'sands'], perClass: 80 });
  const { evidence } = await advise('v1', fresh, '--budget', '0.01s');
  expect(evidence.arms.map(({ name, status }) => [name, status])).toEqual([
    ['head', 'finished'],
    ['last-2', 'out-of-time'],
    ['all', 'out-of-time'],
  ]);
  expect(evidence.notTried).toContain('last 2 blocks: no time for it');
  expect(evidence.notTried.join('\n')).toContain('training from scratch');
});

test('few validation images: depths are compared by their losses', async () => {
  const few = await makeScenes(inFolder('few-roses'), { classes: ['roses', 'sands'], perClass: 20 });
  const { evidence } = await advise('v1', few);
  expect(evidence.arms.map(({ name }) => name)).toEqual(['head', 'last-2', 'all', 'scratch']);
  expect(evidence.choice).toMatchObject({ rule: 'lowest-loss' });
});

test('features that are gone are computed anew, and where the images are gone too, it is said', async () => {
  const place = ['--store', inFolder('poor')];
  const images = inFolder('moved');
  await cp(inFolder('photos'), images, { recursive: true });
  await run('fit', images, '--backbone', backbone, ...place);
  const [version] = (await run('show', 'v1', '--json', ...place)).json() as unknown as {
    files: { name: string; path: string }[];
  }[];
  await rm(version!.files.find(({ name }) => name === 'features.safetensors')!.path);
  const same = await makeScenes(inFolder('same-again'), { seed: 5 });
  expect((await adviseIn(place, 'v1', same)).evidence.drift).not.toBeNull();

  await rm(images, { recursive: true });
  await rm(join(inFolder('poor'), 'activations'), { recursive: true, force: true });
  // It mends the cache and tells of the version's file, which nothing can mend.
  expect((await runCli(['store', 'check', ...place])).exitCode).toBe(44);
  const { evidence } = await adviseIn(place, 'v1', same);
  expect(evidence.drift).toBeNull();
  expect(evidence.asItIs!.n).toBe(24);
  expect(evidence.duplicates!.unreadable).toBeGreaterThan(0);
  expect(evidence.notTried.join('\n')).toContain('whether the new images look different');
});

test('two data sets: ways to serve both are compared on the test images of both', async () => {
  const other = await makeScenes(inFolder('other'), { classes: ['roses', 'sands'] });
  const done = await run('advise', 'v1', inFolder('same'), other, '--json', ...store());
  const { together } = done.json().at(-1) as unknown as {
    together: { strategies: { strategy: string; accuracy: { n: number }[] }[]; commands: string[] };
  };
  expect(together.strategies.map(({ strategy }) => strategy)).toEqual(['joint', 'separate', 'sequence']);
  expect(together.strategies[0]!.accuracy.map(({ n }) => n)).toEqual([4, 4]);
  await run(...together.commands[0]!.split(' ').slice(1), ...store());
});

interface Event {
  readonly type: string;
  readonly arm?: { readonly name: string };
}

/** Arms that a process trained to what became of them, by its events. */
const settledArms = (done: CliRun): string[] =>
  (done.json() as unknown as Event[]).flatMap(({ type, arm }) => (type === 'arm-end' ? [arm!.name] : []));

/** A verdict but for what takes another time in another process. */
const withoutTimes = (verdict: Verdict): unknown =>
  JSON.parse(
    JSON.stringify(verdict, (key, value: unknown) =>
      ['createdAt', 'seconds', 'speed'].includes(key) ? undefined : value,
    ),
  );

test('an advice that Ctrl-C stops among the arms goes on with those that are done, to the same verdict', async () => {
  const fresh = await makeScenes(inFolder('stopped'), { classes: ['roses', 'sands'], perClass: 70 });
  const options = [fresh, '--epochs', '4', '--seed', '1'];
  const whole = await advise('v1', ...options);

  const interrupted = await runCli(['advise', 'v1', ...options, '--json', ...store()], {
    onLine: (line, child) => {
      const { type, arm } = JSON.parse(line) as Event;
      if (type === 'arm-end' && arm?.name === 'head') child.kill('SIGINT');
    },
  });
  expect(interrupted.exitCode).toBe(130);
  const { message, hint } = errorOf(interrupted);
  expect(message).toContain('nothing that it finished is lost');
  const resumed = await run(...hint!.split('regraft ')[1]!.split(' '), '--json', ...store());
  expect(settledArms(interrupted)).toContain('head');
  expect(settledArms(resumed).filter((arm) => settledArms(interrupted).includes(arm))).toEqual([]);
  const { verdict } = resumed.json().at(-1) as unknown as { verdict: Verdict };
  expect(withoutTimes(verdict)).toEqual(withoutTimes(whole));
});

const weightsOf = async (place: string[], version: string): Promise<string> => {
  const [shown] = (await run('show', version, '--json', ...place)).json() as unknown as {
    files: { name: string; sha256: string }[];
  }[];
  return shown!.files.find(({ name }) => name === 'weights.bin')!.sha256;
};

test('depth auto gives the weights of the depth it chose; killed among the arms, it keeps those that are done', async () => {
  const fresh = await makeScenes(inFolder('deep'), { classes: ['roses', 'sands'], perClass: 70 });
  const options = ['--backbone', backbone, '--seed', '3', '--epochs', '12'];
  const [whole, killed] = [
    ['--store', inFolder('whole')],
    ['--store', inFolder('killed')],
  ];
  const done = await run('fit', fresh, ...options, '--depth', 'auto', '--json', ...whole);
  const result = done.json().at(-1) as unknown as { depth: { chosen: string; plan: { kind: string } } };
  const blocks = { head: 'none', 'last-2': '2', all: 'all' }[result.depth.chosen]!;
  await run('fit', fresh, ...options, '--unfreeze', blocks, ...whole);
  expect(await weightsOf(whole, 'v2')).toBe(await weightsOf(whole, 'v1'));

  const interrupted = await runCli(['fit', fresh, ...options, '--depth', 'auto', '--json', ...killed], {
    onLine: async (line) => {
      const { type, arm } = JSON.parse(line) as Event;
      if (type !== 'arm-end' || arm?.name !== 'head') return;
      const [shown] = (await runCli(['show', '1', '--json', ...killed])).json() as unknown as {
        pid: number;
      }[];
      process.kill(shown!.pid, 'SIGKILL');
    },
  });
  expect(interrupted.exitCode).not.toBe(0);
  const resumed = await run('resume', '1', '--json', ...killed);
  expect(settledArms(resumed)).not.toContain('head');
  expect(await weightsOf(killed, 'v1')).toBe(await weightsOf(whole, 'v1'));
});

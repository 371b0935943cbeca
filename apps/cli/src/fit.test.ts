import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePhotos } from './testing/make-photos.js';
import { runCli } from './testing/run-cli.js';

let folder: string;
let photos: string;
let store: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-cli-'));
  photos = await makePhotos(join(folder, 'photos'), {
    classes: ['circles', 'squares', 'stripes'],
    perClass: 20,
  });
  store = join(folder, 'store');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const regraft = (...argv: string[]) => runCli([...argv, '--store', store]);

describe('from a folder of photos to a stored model', () => {
  test('fit tells its events as NDJSON, the result last', async () => {
    const { exitCode, json, stderr } = await regraft('fit', photos, '--json', '--name', 'shapes');
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    const events = json();
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'run-start',
        'data-scanned',
        'model-grafted',
        'phase-end',
        'training',
        'run-end',
        'result',
      ]),
    );
    const result = events.at(-1)!;
    expect(result).toMatchObject({
      type: 'result',
      run: 1,
      version: 'v1',
      name: 'shapes',
      parent: null,
      labels: ['circles', 'squares', 'stripes'],
      cache: { hits: 0, misses: 60 },
      metrics: {
        test: { accuracy: { n: expect.any(Number), low: expect.any(Number), high: expect.any(Number) } },
      },
    });
    const { frozen, metrics } = result as unknown as {
      frozen: { tensors: number; before: string; after: string };
      metrics: { test: { accuracy: { value: number } } };
    };
    expect(frozen.tensors).toBeGreaterThan(50);
    expect(frozen.after).toBe(frozen.before);
    expect(metrics.test.accuracy.value).toBeGreaterThan(0.8);
  });

  test('a second fit on the same photos computes no activation', async () => {
    const { json } = await regraft('fit', photos, '--json');
    expect(json().at(-1)).toMatchObject({ version: 'v2', cache: { hits: 60, misses: 0 } });
  });

  test('predict gives every file its label and probabilities', async () => {
    const files = (await readdir(join(photos, 'stripes')))
      .slice(0, 3)
      .map((name) => join(photos, 'stripes', name));
    const { exitCode, json } = await regraft('predict', 'shapes', ...files, '--json');
    expect(exitCode).toBe(0);
    const { files: predictions } = json()[0] as unknown as {
      files: { file: string; label: string; probability: number; probabilities: Record<string, number> }[];
    };
    expect(predictions.map(({ file }) => file)).toEqual(files);
    for (const { label, probability, probabilities } of predictions) {
      expect(label).toBe('stripes');
      expect(probability).toBe(probabilities.stripes);
      expect(Object.values(probabilities).reduce((sum, value) => sum + value)).toBeCloseTo(1, 5);
    }
  });

  test('show says how far a version can be trusted, and predict takes several versions', async () => {
    const shown = await regraft('show', 'v1');
    expect(shown.stdout).toContain('"not sure"');
    expect(shown.stdout).toContain('9 validation images');
    const file = join(photos, 'stripes', '0.png');
    const { exitCode, stdout } = await regraft('predict', 'v1,v2', file);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/ v1 +\d+\.\d % {2}stripes\n {2}v2 +\d+\.\d % {2}stripes/);
    expect(stdout).toContain('v1, v2 share a trunk: 0 computed, 1 from the cache');
    const refused = await regraft('predict', 'v1', file, '--accuracy', '0.99');
    expect(refused.exitCode).toBe(12);
    expect(refused.stderr).toContain('lower share');
  });

  test('evaluate measures a version on another folder, and show remembers it', async () => {
    const others = await makePhotos(join(folder, 'others'), {
      classes: ['circles', 'stripes'],
      perClass: 10,
      offset: 100,
    });
    const { exitCode, json } = await regraft('evaluate', 'v1', others, '--json');
    expect(exitCode).toBe(0);
    expect(json()[0]).toMatchObject({ version: 'v1', report: { accuracy: { n: 20 } } });
    const shown = await regraft('show', 'v1', '--json');
    expect(shown.json()[0]).toMatchObject({
      version: 'v1',
      name: 'shapes',
      evaluations: [{ accuracy: { n: 20 } }],
    });
  });

  test('a version is fine-tuned: the head is kept for the same labels and replaced for others', async () => {
    const kept = await regraft('fit', photos, '--from', 'shapes', '--json', '--seed', '3');
    expect(kept.json().find(({ type }) => type === 'model-grafted')).toMatchObject({
      head: 'keep',
      parent: 'v1',
    });
    expect(kept.json().at(-1)).toMatchObject({ parent: 'v1', cache: { misses: 0 } });
    const others = await makePhotos(join(folder, 'two'), { perClass: 12, offset: 40 });
    const replaced = await regraft('fit', others, '--from', 'v1', '--json');
    expect(replaced.json().find(({ type }) => type === 'model-grafted')).toMatchObject({ head: 'replace' });
    expect(replaced.json().at(-1)).toMatchObject({ parent: 'v1', labels: ['circles', 'squares'] });
  });

  test('--head keep on other labels is refused with the labels named', async () => {
    const others = await makePhotos(join(folder, 'two'), { perClass: 12, offset: 40 });
    const { exitCode, stderr } = await regraft('fit', others, '--from', 'v1', '--head', 'keep');
    expect(exitCode).toBe(14);
    expect(stderr).toContain('stripes');
    expect(stderr).toContain('--head');
  });

  test('--head extend keeps the old classes and adds the new one', async () => {
    const more = await makePhotos(join(folder, 'extended'), {
      classes: ['circles', 'squares'],
      perClass: 12,
      offset: 60,
    });
    const two = await regraft('fit', more, '--json', '--name', 'two-shapes');
    expect(two.exitCode).toBe(0);
    const { exitCode, json } = await regraft(
      'fit',
      photos,
      '--from',
      'two-shapes',
      '--head',
      'extend',
      '--json',
    );
    expect(exitCode).toBe(0);
    expect(json().at(-1)).toMatchObject({ labels: ['circles', 'squares', 'stripes'] });
  });

  test('the last blocks train when unfrozen, and the rest is proven frozen', async () => {
    const { exitCode, json } = await regraft('fit', photos, '--unfreeze', '1', '--epochs', '2', '--json');
    expect(exitCode).toBe(0);
    const result = json().at(-1) as unknown as { frozen: { before: string; after: string; tensors: number } };
    expect(result.frozen.after).toBe(result.frozen.before);
    const grafted = json().find(({ type }) => type === 'model-grafted') as unknown as {
      blocks: { name: string; state: string }[];
    };
    expect(grafted.blocks.filter(({ state }) => state === 'trained')).toHaveLength(1);
  });

  test('aliases move and are listed', async () => {
    expect((await regraft('alias', 'champion', 'v1', '--json')).json()[0]).toMatchObject({
      name: 'champion',
      version: 'v1',
    });
    expect((await regraft('alias', 'champion', 'v2', '--json')).json()[0]).toMatchObject({
      version: 'v2',
      previous: 'v1',
    });
    expect((await regraft('versions', '--json')).stdout).toContain('"champion"');
    expect((await regraft('alias', '--delete', 'champion')).exitCode).toBe(0);
    const gone = await regraft('predict', 'champion', join(photos, 'stripes', '0.png'));
    expect(gone.exitCode).toBe(46);
  });

  test('a pipe gets plain lines: no escape codes, the accuracy with its interval, the next commands', async () => {
    const { stdout } = await runCli(['fit', photos, '--store', store], { env: { NO_COLOR: undefined } });
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toMatch(/test accuracy\s+\d+\.\d % \(\d+\.\d-\d+\.\d, n \d+\)/);
    expect(stdout).toContain('regraft predict v');
  });

  test('runs are listed, newest first, each with the command that repeats it', async () => {
    const { json } = await regraft('runs', '--json');
    const { runs } = json()[0] as unknown as { runs: { run: number; status: string; version: string }[] };
    expect(runs[0]!.run).toBeGreaterThan(runs[1]!.run);
    expect(runs.at(-1)).toMatchObject({ run: 1, status: 'finished', version: 'v1' });
    expect((await regraft('show', '1')).stdout).toContain(`regraft fit ${photos} --name shapes`);
  });
});

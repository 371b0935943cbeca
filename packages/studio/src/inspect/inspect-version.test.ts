import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { openStore, type Store } from '@regraft/store';
import sharp, { type Sharp } from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { parseRecipe } from '../recipe/parse-recipe.js';
import { executeRun } from '../runs/execute-run.js';
import { failureOf } from '../testing/failure-of.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { inspectVersion } from './inspect-version.js';
import { inspectionReportSchema } from './inspection-report.js';
import { renderInspection } from './render-inspection.js';

/** A drawing of many discs or of many stripes, another one for each seed. */
const drawing = (kind: 'discs' | 'stripes', seed: number): Sharp => {
  const random = (index: number): number => Math.abs(Math.sin(seed * 127.1 + index * 311.7) * 43758.5453) % 1;
  const shapes = Array.from({ length: 8 }, (_, index) => {
    const [x, y, size] = [0, 1, 2].map((offset) => random(3 * index + offset));
    return kind === 'discs'
      ? `<circle cx="${x! * 96}" cy="${y! * 96}" r="${6 + size! * 12}" fill="tomato"/>`
      : `<rect x="${x! * 96}" y="-20" width="${3 + size! * 6}" height="160" fill="teal" transform="rotate(${30 * y!})"/>`;
  });
  return sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96">${shapes.join('')}</svg>`),
  )
    .flatten({ background: '#ffffff' })
    .png();
};

const hostileName = `"><img src=x onerror=alert(1)>.png`;

/**
 * Twelve training, four validation and four test drawings of each kind; one training drawing has the wrong label, one
 * test drawing is a smaller copy of a training drawing, and one name is an attack.
 */
const plantedData = async (): Promise<string> => {
  const files: Record<string, Buffer> = {};
  let seed = 0;
  for (const kind of ['discs', 'stripes'] as const) {
    for (const [split, count] of [
      ['train', 12],
      ['val', 4],
      ['test', 4],
    ] as const) {
      for (let index = 0; index < count; index++)
        files[`${split}/${kind}/${index}.png`] = await drawing(kind, ++seed).toBuffer();
    }
  }
  files['train/stripes/wrong.png'] = await drawing('discs', 100).toBuffer();
  files['test/discs/copy.png'] = await sharp(files['train/discs/3.png']).resize(70).png().toBuffer();
  files[`test/stripes/${hostileName}`] = await drawing('stripes', 101).toBuffer();
  return temporaryFolder(files);
};

const temporaryStore = async (): Promise<Store> => {
  const store = await openStore(join(temporaryFolder(), 'store'));
  onTestFinished(() => store.close());
  return store;
};

const fitted = async (store: Store, folder: string): Promise<number> => {
  const recipe = parseRecipe({
    data: { folder },
    start: { kind: 'backbone', name: 'mobilenet-v2.openimages' },
  });
  const { id } = await store.runs.create({ kind: 'fit', recipe });
  await executeRun(store, id, { stop: new AbortController() });
  return id;
};

test('finds what was planted, draws it safely, stops when told to, and goes on when the images are gone', async () => {
  const [store, folder] = [await temporaryStore(), await plantedData()];
  const run = await fitted(store, folder);
  const report = await inspectVersion(store, String(run), {
    chosen: [join(folder, 'val/discs/0.png'), join(folder, 'no.png')],
  });
  expect(inspectionReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);

  expect(report.data).toMatchObject({ train: 25, validation: 8, test: 10, gone: 0 });
  expect(report.data.unreadable.map(({ file }) => file)).toEqual([join(folder, 'no.png')]);
  expect(report.labelErrors?.images[0]).toMatchObject({
    file: join(folder, 'train/stripes/wrong.png'),
    label: 'stripes',
    suggested: 'discs',
  });
  expect(report.alike.acrossSplits).toBeGreaterThan(0);
  expect(report.alike.pairs[0]!.images.map(({ file }) => file).sort()).toEqual([
    join(folder, 'test/discs/copy.png'),
    join(folder, 'train/discs/3.png'),
  ]);
  expect(report.heldOut?.accuracy.n).toBe(18);
  expect(report.topLosses).toHaveLength(12);
  const losses = report.topLosses.map(({ loss }) => loss);
  expect(losses).toEqual(losses.toSorted((a, b) => b - a));
  expect(report.chosen[0]).toMatchObject({ predicted: 'discs' });

  const hostile = report.topLosses.map((image) => ({
    ...image,
    file: join(folder, 'test/stripes', hostileName),
  }));
  const page = await renderInspection(store, { ...report, topLosses: hostile });
  expect(page).not.toContain('<img src=x');
  expect(page).toContain('&lt;img src=x');
  expect(page).not.toMatch(/<script|https?:|url\(/);
  expect(page).toContain('where the evidence for discs lies');

  const doubted = await inspectVersion(store, 'v1', { secondOpinion: 'mobilenet-v2.openimages', top: 1 });
  expect(doubted.labelErrors?.images[0]).toMatchObject({ file: join(folder, 'train/stripes/wrong.png') });

  const controller = new AbortController();
  const stopped = inspectVersion(store, 'v1', {
    signal: controller.signal,
    onProgress: ({ phase }) => phase === 'labels' && controller.abort(),
  });
  expect((await failureOf(stopped)).code).toBe('cancelled');

  renameSync(folder, `${folder}-moved`);
  onTestFinished(() => renameSync(`${folder}-moved`, folder));
  const later = await inspectVersion(store, 'v1');
  expect(later.data.gone).toBe(43);
  expect(later.labelErrors).toEqual(report.labelErrors);
  expect(later.alike).toEqual(report.alike);
  expect(await renderInspection(store, later)).toContain('no picture: there is no such file');
});

test('says what it cannot inspect', async () => {
  const store = await temporaryStore();
  const { id } = await store.runs.create({ kind: 'fit', recipe: {} });
  expect((await failureOf(inspectVersion(store, String(id)))).message).toBe(
    'Only a run that made a model can be inspected. Received: run 1, which is queued',
  );
  expect((await failureOf(inspectVersion(store, 'v9'))).code).toBe('record-not-found');
});

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failureOf } from '../testing/failure-of.js';
import { fitVersion, testStore } from '../testing/fit-version.js';
import { loseFeatures } from '../testing/lose-features.js';
import { loseImages } from '../testing/lose-images.js';
import { shapeFolders, shapePng } from '../testing/shape-images.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { openPredictor } from './open-predictor.js';
import { predictFiles } from './predict-files.js';
import { predictTogether } from './predict-together.js';

const answersOf = ({ files }: Awaited<ReturnType<typeof predictFiles>>) =>
  files.map((entry) => ('error' in entry ? entry.error.code : entry.answer));

test('a version labels its own kind and knows what is none of its labels, unless it must always answer', async () => {
  const folder = temporaryFolder(await shapeFolders(['circle', 'square'], 70));
  const store = await testStore(temporaryFolder());
  const { version } = await fitVersion(store, { data: { folder } });
  const files = temporaryFolder({
    'circle.png': await shapePng('circle', 1000),
    'square.png': await shapePng('square', 1001),
    'noise.png': await shapePng('noise', 1),
    'broken.png': 'not an image',
  });
  const names = ['circle', 'square', 'noise', 'broken'].map((name) => join(files, `${name}.png`));

  const own = await predictFiles(store, version, names);
  expect(answersOf(own)).toEqual(['label', 'label', 'none-of-these', 'image-unreadable']);
  expect(own.files[0]).toMatchObject({ label: 'circle', file: names[0] });
  const noise = own.files[2] as Extract<(typeof own.files)[number], { distance: number | null }>;
  expect(noise.distance).toBeGreaterThan(own.thresholds.known!.threshold);
  expect(['circle', 'square']).toContain(noise.label);

  const predictor = await openPredictor(store, version);
  expect((await predictor.answer([])).files).toEqual([]);
  expect((await predictor.answer(names)).files).toEqual(own.files);
  // A folder means its images; what is no image has an answer of its own, alone too.
  expect((await predictor.answer([files])).files.map(({ file }) => file).sort()).toEqual([...names].sort());
  expect(answersOf(await predictor.answer([join(files, 'broken.png')]))).toEqual(['image-unreadable']);
  expect(answersOf(await predictFiles(store, version, [files])).sort()).toEqual(answersOf(own).sort());

  const always = await predictFiles(store, version, names, { always: true });
  expect(answersOf(always)).toEqual(['label', 'label', 'label', 'image-unreadable']);
  expect(always.thresholds).toEqual({ sure: null, known: null });

  const failure = await failureOf(predictFiles(store, version, names, { accuracy: 0.999 }));
  expect(failure).toMatchObject({ code: 'data-too-small', message: expect.stringContaining('0.999') });

  // Without what it compares with it still labels, and says what it can't do.
  await loseFeatures(store, version);
  await loseImages(store, folder);
  const blind = await predictFiles(store, version, names);
  expect(answersOf(blind)).toEqual(answersOf(always));
  expect(blind.notes).toEqual([expect.stringContaining('none of these')]);
  await store.close();
});

test('versions that share a trunk run it once an image; another trunk is said to be another', async () => {
  const folder = temporaryFolder(await shapeFolders(['circle', 'square'], 10));
  const store = await testStore(temporaryFolder());
  await fitVersion(store, { data: { folder } });
  await fitVersion(store, { data: { folder }, seed: 1, name: 'again' });
  await fitVersion(store, { data: { folder }, freeze: { kind: 'last', count: 1 }, training: { epochs: 1 } });
  const files = temporaryFolder({
    'a.png': await shapePng('circle', 50),
    'b.png': await shapePng('square', 51),
  });
  const names = ['a.png', 'b.png'].map((name) => join(files, name));
  const { versions, trunks } = await predictTogether(store, ['v1', 'again', 'v3'], names);
  expect(versions.map(({ version, cache }) => [version, cache.misses])).toEqual([
    ['v1', 2],
    ['v2', 0],
    ['v3', 2],
  ]);
  expect(trunks.map((trunk) => [trunk.versions, trunk.cache])).toEqual([
    [['v1', 'v2'], { hits: 0, misses: 2 }],
    [['v3'], { hits: 0, misses: 2 }],
  ]);
  const [first] = versions;
  const alone = await predictFiles(store, 'v1', names);
  expect(alone.files).toEqual(first!.files);
  await store.close();
});

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makePhotos } from '../make-photos.js';
import { writeTinyBackbone } from '../write-tiny-backbone.js';
import { captureScenes } from './capture-scenes.js';
import { renderPages } from './render-pages.js';
import { scenes } from './scenes.js';

const docs = join(import.meta.dirname, '../../../../../docs');

// `npm run wizard:pages` is this test with --update: it writes what it would hold the files to.
test('docs/wizard.md and its images show the wizard as it is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'regraft-pages-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await makePhotos(join(folder, 'photos'), { perClass: 48 });
  await writeTinyBackbone(join(folder, 'tiny'));
  const pages = renderPages(await captureScenes(scenes, folder));
  for (const [path, content] of pages) await expect(content).toMatchFileSnapshot(join(docs, path));
  const images = (await readdir(docs, { recursive: true })).filter((path) => /^images\/wizard/.test(path));
  expect(
    images.filter((path) => !pages.has(path)),
    'images of scenes that are gone',
  ).toEqual([]);
});

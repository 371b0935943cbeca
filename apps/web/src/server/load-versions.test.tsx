import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStudioStore } from '@regraft/studio';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { versionCard } from '../testing/version-card.js';
import { VersionTable } from '../versions/version-table.js';
import { loadVersions } from './load-versions.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-web-'));
  vi.stubEnv('REGRAFT_STORE', join(folder, '.regraft'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test('the versions of a store become the rows of a table', async () => {
  const store = await openStudioStore({ access: 'create' });
  const common = { labels: ['<ants>', 'bees'], files: { 'model.json': new Uint8Array(1) }, metrics: {} };
  await store.versions.create({ ...common, card: versionCard() });
  await store.versions.create({
    ...common,
    name: 'été',
    parent: 'v1',
    card: versionCard({ n: 1153, accuracy: [0.948, 0.901, 0.974] }),
  });
  await store.aliases.set('champion', 'v2');
  await store.close();

  const loaded = await loadVersions();
  if (loaded.state !== 'listed') throw new Error(loaded.message);
  const markup = renderToStaticMarkup(<VersionTable versions={loaded.versions} />);

  const [, first, second] = markup.split('<tr id=');
  expect(first).toContain('"v2"');
  expect(first).toContain('été');
  expect(first).toContain('champion');
  expect(first).toContain('94.8 % (90.1-97.4, n 1\u2009153)');
  expect(first).toContain('<a href="#v1">v1</a>');
  expect(first).toContain('&lt;ants&gt;, bees');
  expect(second).toContain('not measured');
  expect(second).toContain('mobilenet-v2.openimages');
});

test('no store yet is an empty list, and none is made by looking', async () => {
  expect(await loadVersions()).toEqual({ state: 'listed', versions: [] });
  await expect(openStudioStore({ access: 'existing' })).rejects.toMatchObject({ code: 'store-not-found' });
});

test('a store that cannot be read is a sentence with what to do', async () => {
  await mkdir(join(folder, '.regraft'));
  await writeFile(join(folder, '.regraft', 'store.db'), 'x'.repeat(4096));
  const loaded = await loadVersions();
  expect(loaded).toMatchObject({ state: 'failed', message: expect.stringContaining('.regraft') });
});

import { expect, test } from 'vitest';
import { failureOf } from '../testing/failure-of.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { classFolders } from '../testing/test-images.js';
import type { Listing } from './listing.js';
import { renameLabels } from './rename-labels.js';
import { scanDataset } from './scan-dataset.js';

const listing: Listing = {
  root: '/photos',
  name: 'photos',
  labels: new Set(['Ants', 'ants', 'caf\u00e9']),
  files: [
    { path: '/photos/Ants/1.png', label: 'Ants', split: undefined },
    { path: '/photos/ants/2.png', label: 'ants', split: undefined },
    { path: '/photos/café/3.png', label: 'caf\u00e9', split: 'test' },
  ],
  problems: [],
};

const labelsOf = ({ files }: Listing): string[] => files.map(({ label }) => label);

test('labels without another name stay as they are', () => {
  expect(renameLabels(listing, undefined)).toEqual(listing);
  expect(labelsOf(renameLabels(listing, { 'caf\u00e9': 'bar' }))).toEqual(['Ants', 'ants', 'bar']);
});

test('two labels that get one name become one', () => {
  const merged = renameLabels(listing, { Ants: 'ants' });
  expect([...merged.labels]).toEqual(['ants', 'caf\u00e9']);
  expect(labelsOf(merged)).toEqual(['ants', 'ants', 'caf\u00e9']);
});

test('names change places; none is renamed twice', () => {
  expect(labelsOf(renameLabels(listing, { Ants: 'ants', ants: 'Ants' }))).toEqual([
    'ants',
    'Ants',
    'caf\u00e9',
  ]);
});

test('a name is found however its accents are written, and written in one way', () => {
  const renamed = renameLabels(listing, { 'cafe\u0301': 'e\u0301te\u0301' });
  expect([...renamed.labels]).toContain('\u00e9t\u00e9');
});

test('a label that is not there is an error with the nearest one', async () => {
  const refused = (async () => renameLabels(listing, { Antz: 'ants' }))();
  expect(await failureOf(refused)).toMatchObject({
    code: 'labels-mismatch',
    message: expect.stringContaining('Received: "Antz"; there are Ants, ants, caf\u00e9'),
    hint: expect.stringContaining('Did you mean Ants'),
  });
});

test('the separate test set gets the same names, whichever of them it has', async () => {
  const root = temporaryFolder({
    ...(await classFolders({ 'photos/Ants': 8, 'photos/bees': 8 })),
    ...(await classFolders({ 'held-out/Ants': 2, 'held-out/bees': 2 }, 50)),
    ...(await classFolders({ 'named/ants': 2, 'named/bees': 2 }, 70)),
  });
  for (const held of ['held-out', 'named']) {
    const request = { folder: `${root}/photos`, test: `${root}/${held}`, rename: { Ants: 'ants' }, seed: 1 };
    const { labels, images } = await scanDataset(request);
    expect(labels).toEqual(['ants', 'bees']);
    expect(
      images
        .filter(({ split }) => split === 'test')
        .map(({ label }) => label)
        .sort(),
    ).toEqual([0, 0, 1, 1]);
  }
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commonStart, completePath, expandHome } from './complete-path.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-complete-'));
  for (const name of ['photos', 'Phone 10', 'Phone 9', '.hidden']) await mkdir(join(folder, name));
  for (const name of ['labels.csv', 'notes.txt', 'photo.jpg']) await writeFile(join(folder, name), '');
});

afterAll(() => rm(folder, { recursive: true }));

const complete = (typed: string) => completePath(typed, (name) => name.endsWith('.csv'), folder);

test('folders and the files that are wanted, hidden ones not', async () => {
  expect(await complete('')).toEqual(['Phone 9/', 'Phone 10/', 'photos/', 'labels.csv']);
});

test('what was typed stays as it was typed, whatever its capitals', async () => {
  expect(await complete('./pho')).toEqual(['./Phone 9/', './Phone 10/', './photos/']);
  expect(await complete(`${folder}/lab`)).toEqual([`${folder}/labels.csv`]);
  expect(await complete('.h')).toEqual(['.hidden/']);
});

test('nothing in a folder that is not there', async () => {
  expect(await complete('nowhere/a')).toEqual([]);
});

test('Tab fills in what all agree on', () => {
  expect(commonStart(['Phone 9/', 'Phone 10/', 'photos/'])).toBe('Pho');
  expect(commonStart(['photos/'])).toBe('photos/');
  expect(commonStart([])).toBe('');
});

test('a tilde is the home folder, and only alone', () => {
  expect(expandHome('~/photos', '/home/ada')).toBe(join('/home/ada', 'photos'));
  expect(expandHome('~photos', '/home/ada')).toBe('~photos');
});

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStudioStore, type Store } from '@regraft/studio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Output } from '../output/output.js';
import { chooseNames } from './choose-names.js';

let folder: string;
let store: Store;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'regraft-names-'));
  for (const label of ['Ants', 'fire_ants', 'wasps'])
    mkdirSync(join(folder, 'photos', label), { recursive: true });
  mkdirSync(join(folder, 'same', 'ants'), { recursive: true });
  store = await openStudioStore({ explicit: join(folder, 'store'), access: 'create' });
  await store.versions.create({ labels: ['ants', 'fire ant', 'bees'], card: {}, metrics: {}, files: {} });
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const proposed = { Ants: 'ants', fire_ants: 'fire ant' };

const choose = async (
  rename: Parameters<typeof chooseNames>[1]['rename'],
  answer: boolean | null,
  data = 'photos',
) => {
  const lines: string[] = [];
  const output: Output = {
    json: false,
    live: true,
    line: (text = '') => lines.push(text),
    data: () => undefined,
  };
  let asked = 0;
  const ask = async (): Promise<boolean> => {
    asked++;
    return answer!;
  };
  const request = { start: 'v1', data: join(folder, data), rename };
  const names = await chooseNames(store, request, { output, ask: answer === null ? null : ask });
  return { names, asked, text: lines.join('\n') };
};

test('who watches is asked about labels that are probably the same, and decides', async () => {
  const yes = await choose(undefined, true);
  expect(yes).toMatchObject({ names: proposed, asked: 1 });
  expect(yes.text).toMatch(/Ants +ants +but for capitals/);
  expect(yes.text).toMatch(/fire_ants +fire ant +but for the plural/);
  expect(yes.text).not.toContain('wasps');
  expect(await choose(undefined, false)).toMatchObject({ names: undefined, asked: 1 });
});

test('nobody is asked where there is nobody, nothing to ask, or no need to', async () => {
  expect(await choose(undefined, null)).toMatchObject({ names: undefined, text: '' });
  expect(await choose(undefined, true, 'same')).toMatchObject({ names: undefined, asked: 0, text: '' });
  expect(await choose({ Ants: 'bees' }, true)).toMatchObject({ names: { Ants: 'bees' }, asked: 0 });
});

test('--rename auto takes what is proposed, and says it', async () => {
  const taken = await choose('auto', null);
  expect(taken.names).toEqual(proposed);
  expect(taken.text).toContain('fire_ants');
  expect(await choose('auto', null, 'same')).toMatchObject({ names: undefined, text: '' });
});

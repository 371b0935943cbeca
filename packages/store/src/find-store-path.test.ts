import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findStorePath } from './find-store-path.js';
import { temporaryFolder } from './testing/temporary-store.js';

test('the explicit path wins over REGRAFT_STORE, and that over folders', async () => {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, '.regraft'));
  const env = { REGRAFT_STORE: 'from-env' };
  expect(findStorePath({ cwd, env, explicit: 'named' })).toBe(join(cwd, 'named'));
  expect(findStorePath({ cwd, env })).toBe(join(cwd, 'from-env'));
  expect(findStorePath({ cwd, env: { REGRAFT_STORE: '' } })).toBe(join(cwd, '.regraft'));
});

test('the nearest .regraft folder above is found, and a file of that name is none', async () => {
  const root = await temporaryFolder();
  const deep = join(root, 'a', 'b', 'c');
  await mkdir(deep, { recursive: true });
  await mkdir(join(root, '.regraft'));
  await mkdir(join(root, 'a', '.regraft'));
  await writeFile(join(deep, '.regraft'), '');
  expect(findStorePath({ cwd: deep, env: {} })).toBe(join(root, 'a', '.regraft'));
});

test('without any, the store is to be made in the current folder', async () => {
  const cwd = await temporaryFolder();
  expect(findStorePath({ cwd, env: {} })).toBe(join(cwd, '.regraft'));
});

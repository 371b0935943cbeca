import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { failureOf } from '../testing/failure-of.js';
import { placeNative } from '../testing/place-native.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { listEngines } from './list-engines.js';
import { nativeFiles } from './native/native-folder.js';
import { libraries } from './native/native-release.js';
import { startEngine } from './start-engine.js';

const install = 'regraft engine install native';

beforeEach(() => {
  vi.stubEnv('REGRAFT_ENGINE', '');
  vi.stubEnv('REGRAFT_CACHE', temporaryFolder());
});

afterEach(() => vi.unstubAllEnvs());

/** The header of a library for a processor that this machine doesn't have. */
const foreignLibrary = (): Uint8Array => {
  const header = new Uint8Array(4096);
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  header.set([3, 0, process.arch === 's390x' ? 0x3e : 0x16, 0, 1], 16);
  return header;
};

test('where nobody asks and there is no native engine, wasm is taken without a word', async () => {
  const onWarning = vi.fn();
  expect(await startEngine({ onWarning })).toMatchObject({ backend: 'wasm', threads: 1 });
  expect(tf.getBackend()).toBe('wasm');
  expect(onWarning).not.toHaveBeenCalled();
});

test('an option counts more than REGRAFT_ENGINE', async () => {
  vi.stubEnv('REGRAFT_ENGINE', 'cpu');
  expect(await startEngine()).toMatchObject({ backend: 'cpu' });
  expect(tf.getBackend()).toBe('cpu');
  expect(await startEngine({ engine: 'wasm', threads: 4 })).toMatchObject({ backend: 'wasm', threads: 1 });
});

test('a native engine that is asked for and not there is an error with the command that adds it', async () => {
  const error = await failureOf(startEngine({ engine: 'native' }));
  expect(error.code).toBe('engine-unavailable');
  expect(error.hint).toBe(`Add it with: ${install}`);
});

describe.each([
  ['built for another system', async () => placeNative(foreignLibrary()), /tfjs_binding\.node/],
  [
    'with a damaged addon',
    async () => {
      const folder = await placeNative(foreignLibrary());
      writeFileSync(join(folder, nativeFiles.addon), new Uint8Array(4096));
      return folder;
    },
    /a damaged lib\/napi-v8\/tfjs_binding\.node/,
  ],
  [
    'with a library that was cut off',
    async () => {
      const folder = await placeNative(foreignLibrary());
      writeFileSync(join(folder, nativeFiles.library, libraries[0]), 'short');
      return folder;
    },
    /a damaged deps\/lib\/libtensorflow_cc\.so\.2, of 5 bytes where 4096 were written/,
  ],
  [
    'without a manifest',
    async () => {
      const folder = await placeNative(foreignLibrary());
      writeFileSync(join(folder, nativeFiles.manifest), '{');
      return folder;
    },
    /no readable engine\.json/,
  ],
])('a native engine %s', (_, place, reason) => {
  test('is an error where it is asked for', async () => {
    const folder = await place();
    const error = await failureOf(startEngine({ engine: 'native' }));
    expect(error.code).toBe('engine-unavailable');
    expect(error.message).toMatch(reason);
    expect(error.message).toContain(folder);
    expect(error.hint).toBe(`Install it again: ${install}`);
  });

  test('gives way to wasm with a warning where nobody asks', async () => {
    await place();
    const onWarning = vi.fn();
    expect(await startEngine({ onWarning })).toMatchObject({ backend: 'wasm' });
    expect(onWarning).toHaveBeenCalledOnce();
    expect(onWarning).toHaveBeenCalledWith(expect.stringContaining(install));
  });

  test('is listed as broken, with the command that mends it', async () => {
    const where = await place();
    const [native] = await listEngines();
    expect(native).toMatchObject({ engine: 'native', found: false, where, command: install });
    expect(native!.problem).toMatch(reason);
  });
});

test('the list names what is here and what adds the rest', async () => {
  expect(await listEngines()).toMatchObject([
    { engine: 'native', found: false, version: null, problem: null, command: install },
    { engine: 'wasm', found: true, version: expect.stringContaining('4.'), threads: 1, command: null },
    { engine: 'cpu', found: true, threads: 1, where: null, command: null },
  ]);
});

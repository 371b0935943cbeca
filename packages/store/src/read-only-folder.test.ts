import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startProgram, startScript, type TestChild } from './testing/child-process.js';
import { bytesOf, temporaryStore } from './testing/temporary-store.js';

/** Root writes whatever the permissions say, unless it gives that capability away. */
const startOrdinary = (script: URL, path: string): TestChild => {
  if (process.getuid?.() !== 0) return startScript(script, [path]);
  const without = '-dac_override,-dac_read_search,-fowner';
  const capabilities = [`--bounding-set=${without}`, `--inh-caps=${without}`];
  return startProgram('setpriv', [...capabilities, process.execPath, fileURLToPath(script), path]);
};

/** Folders first when they are opened up, last when they are closed. */
const setWritable = async (path: string, writable: boolean): Promise<void> => {
  if (writable) await chmod(path, 0o755);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) await setWritable(inner, writable);
    else await chmod(inner, writable ? 0o644 : 0o444);
  }
  if (!writable) await chmod(path, 0o555);
};

test('a store that may not be written says so, and can still be read', async () => {
  const store = await temporaryStore();
  await store.runs.create({ kind: 'fit', recipe: {} });
  const files = { 'weights.bin': bytesOf('weights') };
  await store.versions.create({ labels: [], files, card: {}, metrics: {} });
  await store.close();
  const before = await readdir(store.path, { recursive: true });
  await setWritable(store.path, false);
  try {
    const child = startOrdinary(new URL('./testing/open-unwritable.mjs', import.meta.url), store.path);
    expect(await child.ended).toEqual({ code: 0, errors: '' });
    expect(JSON.parse(child.lines()[0]!)).toEqual({
      outcomes: { create: 'store-read-only', existing: 'store-read-only', beside: 'store-read-only' },
      run: 1,
      content: 'weights',
      problems: [],
    });
    expect(await readdir(store.path, { recursive: true })).toEqual(before);
  } finally {
    await setWritable(store.path, true);
  }
});

import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startProgram, type TestChild, testScript } from './testing/child-process.js';
import { bytesOf, temporaryStore } from './testing/temporary-store.js';

/** Root writes whatever the permissions say, unless it gives that capability away. */
const startOrdinary = (script: string, path: string): TestChild => {
  const command = [process.execPath, testScript(script), path];
  if (process.getuid?.() !== 0) return startProgram(command[0]!, command.slice(1));
  const without = '-dac_override,-dac_read_search,-fowner';
  return startProgram('setpriv', [`--bounding-set=${without}`, `--inh-caps=${without}`, ...command]);
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
    const child = startOrdinary('open-unwritable.mjs', store.path);
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

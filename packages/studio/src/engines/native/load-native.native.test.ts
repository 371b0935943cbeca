import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { expect, test, vi } from 'vitest';
import { failureOf } from '../../testing/failure-of.js';
import { placeNative } from '../../testing/place-native.js';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { findNatives } from './find-natives.js';
import { loadNative } from './load-native.js';

const built = findNatives().filter(({ kind }) => kind === 'built');

/** An addon of the time before Node-API, which only Node 16 loads. */
const outdatedAddon = (): Uint8Array => {
  const folder = temporaryFolder({
    'addon.cc': `extern "C" void node_module_register(void*);
      static struct { int version; unsigned flags; void* handle; const char* file; void* rest[5]; } addon = { 93 };
      __attribute__((constructor)) static void announce() { node_module_register(&addon); }`,
  });
  execFileSync('c++', ['-shared', '-fPIC', '-o', 'addon.node', 'addon.cc'], { cwd: folder });
  return readFileSync(join(folder, 'addon.node'));
};

test('an addon built for another Node is told with both versions, and what mends it', async () => {
  const folder = await placeNative(outdatedAddon(), temporaryFolder());
  const error = await failureOf(loadNative([{ kind: 'built', folder }], 2));
  expect(error.code).toBe('engine-unavailable');
  expect(error.message).toMatch(
    /^The native engine must load\. Received: .+ NODE_MODULE_VERSION 93\. This version of Node\.js requires NODE_MODULE_VERSION \d+\. \(in .+\)$/,
  );
  expect(error.hint).toBe('Install it again: regraft engine install native');
});

test('a package whose own installation failed gives way to the engine in the cache, without a word', async () => {
  const warn = vi.spyOn(console, 'warn');
  const loaded = await loadNative([{ kind: 'package', folder: 'node_modules' }, ...built], 2);
  expect(loaded).toMatchObject({ folder: built[0]!.folder, threads: 2 });
  expect(tf.getBackend()).toBe('tensorflow');
  expect(tf.tensor1d([1, 2]).square().dataSync()).toEqual(new Float32Array([1, 4]));
  expect(warn).not.toHaveBeenCalled();
});

test('the threads are fixed once it is loaded', async () => {
  const error = await failureOf(loadNative(built, 1));
  expect(error.code).toBe('engine-unavailable');
  expect(error.message).toContain('Received: 1, after 2');
});

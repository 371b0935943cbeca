import * as tf from '@tensorflow/tfjs';
import { expect, test, vi } from 'vitest';
import { failureOf } from '../../testing/failure-of.js';
import { findNatives } from './find-natives.js';
import { loadNative } from './load-native.js';

const built = findNatives().filter(({ kind }) => kind === 'built');

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

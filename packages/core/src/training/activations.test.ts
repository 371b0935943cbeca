import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { colouredImages } from '../testing/coloured-images.js';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { useBackend } from '../testing/use-backend.js';
import { activationsOf, inferenceBatchSize } from './activations.js';
import { drain } from './drain.js';
import { range } from './example-source.js';

beforeAll(() => useBackend('wasm'));

describe('activationsOf', () => {
  test('are the same held in memory or computed at every read, in any order', async () => {
    const { network } = await tinyBackbone();
    const { examples } = colouredImages(9);
    const tensors = tf.memory().numTensors;
    const done: number[] = [];
    const options = { signal: undefined };
    const held = await drain(activationsOf(network, examples, { ...options, limit: 9 * 12 * 4 }), (count) =>
      done.push(count),
    );
    const computed = await drain(
      activationsOf(network, examples, { ...options, limit: 9 * 12 * 4 - 1 }),
      (count) => done.push(count),
    );
    expect(done).toEqual([9]);
    const order = range(0, 9).reverse();
    const [a, b] = [new Float32Array(108), new Float32Array(108)];
    await held.source.read(order, a);
    await computed.source.read(order, b);
    for (const [index, value] of a.entries()) expect(b[index]).toBeCloseTo(value, 5);
    expect(computed.source).toMatchObject({ shape: [12], size: 9 });
    held.dispose();
    computed.dispose();
    expect(tf.memory().numTensors).toBe(tensors);
  });
});

test.each([
  [224 * 224 * 3, 13],
  [1280, 256],
  [10_000_000, 1],
])('a batch of examples of %i numbers holds %i', (length, expected) => {
  expect(inferenceBatchSize(length)).toBe(expected);
});

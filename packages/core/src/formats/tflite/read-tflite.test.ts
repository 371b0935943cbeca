import { readFileSync } from 'node:fs';
import { RegraftError } from '@regraft/errors';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { formulaImage } from '../../testing/formula-image.js';
import { regraftErrorOf } from '../../testing/regraft-error-of.js';
import { relativeDifference } from '../../testing/relative-difference.js';
import { runNetwork } from '../../testing/run-network.js';
import { useBackend } from '../../testing/use-backend.js';
import { readTflite } from './read-tflite.js';

beforeAll(() => useBackend('cpu'));

const fixture = (name: string): Buffer => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

// TensorFlow Lite computes the float16 model in float32 from widened constants.
test.each(['float32', 'float16'])('%s gives the outputs TensorFlow Lite gave', (name) => {
  const { network } = readTflite(fixture(`${name}.tflite`));
  const { output } = JSON.parse(fixture(`${name}.json`).toString()) as { output: number[] };
  expect(relativeDifference(runNetwork(network, formulaImage(12, 12)), output)).toBeLessThan(1e-4);
});

test('fused activations become nodes, constants weights in our layouts', () => {
  const { network } = readTflite(fixture('float32.tflite'));
  const convolution = network.nodes.find((node) => node.op === 'conv2d')!;
  expect(network.weights.get(convolution.kernel)!.shape).toEqual([3, 3, 3, 4]);
  const depthwise = network.nodes.find((node) => node.op === 'depthwise-conv2d')!;
  expect(network.weights.get(depthwise.kernel)!.shape).toEqual([3, 3, 4, 2]);
  expect(network.nodes.find(({ inputs }) => inputs.includes(convolution.name))).toMatchObject({
    op: 'activation',
    kind: 'relu6',
  });
  expect(network.nodes.at(-1)).toMatchObject({ op: 'activation', kind: 'softmax' });
});

test('output picks an inner tensor, and only what it depends on is kept', () => {
  const whole = readTflite(fixture('float32.tflite')).network;
  const inner = whole.nodes.find((node) => node.op === 'multiply')!.name;
  const { network } = readTflite(fixture('float32.tflite'), { output: inner.split(';')[0]! });
  expect(network.output).toBe(inner);
  expect(network.weights.size).toBeLessThan(whole.weights.size);
});

test('an unknown output gets the nearest names', async () => {
  const error = await regraftErrorOf(() => readTflite(fixture('float32.tflite'), { output: 'sotfmax' }));
  expect(error).toMatchObject({ code: 'weights-unsupported', hint: expect.stringContaining('Did you mean') });
});

test.each(['dynamic-range', 'int8'])('a quantised model (%s) is refused with a sentence', async (name) => {
  const error = await regraftErrorOf(() => readTflite(fixture(`${name}.tflite`)));
  expect(error).toMatchObject({ code: 'weights-unsupported' });
  expect(error.message).toContain('a quantised model');
});

test('other bytes and cut-off files are unreadable', async () => {
  const whole = fixture('float32.tflite');
  for (const bytes of [
    new Uint8Array(0),
    new Uint8Array(100),
    whole.subarray(0, 20),
    whole.subarray(0, 2000),
  ]) {
    expect((await regraftErrorOf(() => readTflite(bytes))).code).toBe('weights-unreadable');
  }
});

test('damaged files give a network or a RegraftError, never anything else', () => {
  const whole = fixture('float16.tflite');
  const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(damage, fc.option(fc.integer({ min: 8, max: whole.length })), (changes, cut) => {
      const length = cut ?? whole.length;
      const bytes = Uint8Array.from(whole).subarray(0, length);
      for (const [index, value] of changes) if (index >= 8 && index < length) bytes[index] = value;
      try {
        readTflite(bytes);
      } catch (error) {
        if (!RegraftError.isInstance(error)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});

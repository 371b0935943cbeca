import { existsSync, readFileSync } from 'node:fs';
import { RegraftError } from '@regraft/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boastfulZip } from '../../testing/boastful-zip.js';
import { readPytorchStateDict } from './read-pytorch-state-dict.js';

const fixture = (name: string): Uint8Array => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

const expected: Record<string, { shape: number[]; data: number[] }> = JSON.parse(
  new TextDecoder().decode(fixture('expected.json')),
);

const failure = (read: () => unknown): RegraftError => {
  try {
    read();
  } catch (error) {
    if (error instanceof RegraftError) return error;
    throw error;
  }
  throw new Error('It was read.');
};

/** Reads it or fails as promised; anything else is thrown on. */
const outcome = (bytes: Uint8Array): 'read' | RegraftError => {
  try {
    readPytorchStateDict(bytes);
    return 'read';
  } catch (error) {
    if (error instanceof RegraftError) return error;
    throw error;
  }
};

describe.each(['zip.pth', 'legacy.pth', 'zip-protocol-4.pth'])('%s', (name) => {
  test('holds what PyTorch says it holds', () => {
    const stateDict = readPytorchStateDict(fixture(name));
    expect([...stateDict.keys()]).toEqual(Object.keys(expected));
    for (const [key, { shape, data }] of Object.entries(expected)) {
      expect(stateDict.get(key)!.shape, key).toEqual(shape);
      expect([...stateDict.get(key)!.data], key).toEqual(data);
    }
  });

  test('cut off anywhere it is unreadable, and says so', () => {
    const bytes = fixture(name);
    for (let length = 0; length < bytes.length; length++) {
      const result = outcome(bytes.subarray(0, length));
      expect(result, `${length} bytes`).toMatchObject({ code: 'weights-unreadable' });
    }
  });

  test('with changed bytes it is read or refused, and never anything else', () => {
    const bytes = fixture(name);
    const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(changes, (changed) => {
        const copy = bytes.slice();
        for (const [index, value] of changed) copy[index] = value;
        outcome(copy);
      }),
      { numRuns: 2_000, seed: 3 },
    );
  });
});

test('takes the state dict out of a checkpoint and the wrapper off its names', () => {
  const stateDict = readPytorchStateDict(fixture('checkpoint.pth'));
  expect([...stateDict.keys()]).toEqual([
    '0.weight',
    '0.bias',
    '1.weight',
    '1.bias',
    '1.running_mean',
    '1.running_var',
    '1.num_batches_tracked',
  ]);
  expect(stateDict.get('0.weight')).toEqual({ shape: [2, 1, 1, 1], data: Float32Array.of(-2, -1.875) });
});

test.each([
  'malicious-protocol-2.pth',
  'malicious-protocol-4.pth',
  'malicious-bare.pth',
  'malicious-legacy.pth',
])('%s is refused by the name of what it calls, and nothing runs', (name) => {
  const error = failure(() => readPytorchStateDict(fixture(name)));
  expect(error).toMatchObject({ code: 'weights-unsafe', details: { callable: 'posix.system' } });
  expect(error.message).toContain('posix.system');
  expect(existsSync('regraft-was-here')).toBe(false);
});

test('a whole pickled module is refused by the name of its class', () => {
  const error = failure(() => readPytorchStateDict(fixture('whole-module.pth')));
  expect(error).toMatchObject({
    code: 'weights-unsafe',
    details: { callable: 'torch.nn.modules.container.Sequential' },
  });
  expect(error.hint).toContain('state_dict');
});

test('a file without named tensors is unsupported', () => {
  expect(failure(() => readPytorchStateDict(fixture('list.pth'))).code).toBe('weights-unsupported');
});

test('text is no weight file', () => {
  const page = new TextEncoder().encode('<html>Not found</html>');
  expect(failure(() => readPytorchStateDict(page)).code).toBe('weights-unreadable');
});

/** A state dict of one float32 storage of 4 elements and one tensor over it, as protocol 2 pickles it. */
const legacyTensor = (offset: number, shape: readonly number[], strides: readonly number[]): Uint8Array => {
  const text = (value: string): string => `X${String.fromCharCode(value.length, 0, 0, 0)}${value}`;
  const integers = (values: readonly number[]): string =>
    `(${values.map((value) => `J${String.fromCharCode(...new Uint8Array(Int32Array.of(value).buffer))}`).join('')}t`;
  const system = `\x80\x02}${text('little_endian')}\x88s.`;
  const storage = `(${text('storage')}ctorch\nFloatStorage\n${text('a')}${text('cpu')}K\x04NtQ`;
  const call = `ctorch._utils\n_rebuild_tensor_v2\n(${storage}K${String.fromCharCode(offset)}${integers(shape)}${integers(strides)}\x89NtR`;
  const header = '\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.';
  const data = `\x04${'\0'.repeat(7)}${'\0'.repeat(16)}`;
  const file = `${header}${system}\x80\x02}${text('w')}${call}s.\x80\x02]${text('a')}a.${data}`;
  return Uint8Array.from(file, (character) => character.charCodeAt(0));
};

test('a tensor must lie within its storage', () => {
  expect(readPytorchStateDict(legacyTensor(1, [3], [1])).get('w')!.shape).toEqual([3]);
  for (const [offset, shape, strides] of [
    [2, [3], [1]],
    [0, [2], [4]],
    [0, [1_000_000_000], [0]],
    [0, [-1], [1]],
    [0, [2, 2], [1]],
  ] as const) {
    expect(failure(() => readPytorchStateDict(legacyTensor(offset, shape, strides))).code).toBe(
      'weights-unreadable',
    );
  }
});

test('a directory of more entries than the file has room for is not walked through', () => {
  const started = performance.now();
  expect(failure(() => readPytorchStateDict(boastfulZip())).code).toBe('weights-unreadable');
  expect(performance.now() - started).toBeLessThan(1000);
});

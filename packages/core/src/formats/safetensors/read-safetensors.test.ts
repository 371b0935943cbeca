import { readFileSync } from 'node:fs';
import { RegraftError } from '@regraft/errors';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSafetensors } from './read-safetensors.js';

const bytes = new Uint8Array(readFileSync(new URL('fixtures/plain.safetensors', import.meta.url)));

const expected: Record<string, { shape: number[]; data: number[] }> = JSON.parse(
  readFileSync(new URL('../pytorch/fixtures/expected.json', import.meta.url), 'utf8'),
);

const codeOf = (file: Uint8Array): string => {
  try {
    readSafetensors(file);
    return 'read';
  } catch (error) {
    if (error instanceof RegraftError) return error.code;
    throw error;
  }
};

const write = (header: unknown, data: number): Uint8Array => {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const file = new Uint8Array(8 + json.length + data);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  return file;
};

test('holds what the reference implementation wrote', () => {
  const stateDict = readSafetensors(bytes);
  expect([...stateDict.keys()].sort()).toEqual(
    Object.keys(expected)
      .filter((name) => name !== 'empty')
      .sort(),
  );
  for (const [name, weight] of stateDict) {
    expect(weight.shape, name).toEqual(expected[name]!.shape);
    expect([...weight.data], name).toEqual(expected[name]!.data);
  }
});

test('cut off anywhere it is unreadable', () => {
  for (let length = 0; length < bytes.length; length++) {
    expect(codeOf(bytes.subarray(0, length)), `${length} bytes`).toBe('weights-unreadable');
  }
});

test('with changed bytes it is read or refused, and never anything else', () => {
  const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 })), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(changes, (changed) => {
      const copy = bytes.slice();
      for (const [index, value] of changed) copy[index] = value;
      codeOf(copy);
    }),
    { numRuns: 3_000, seed: 5 },
  );
});

test.each([
  ['a gap', { a: { dtype: 'F32', shape: [1], data_offsets: [4, 8] } }, 8],
  [
    'an overlap',
    {
      a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
      b: { dtype: 'F32', shape: [1], data_offsets: [4, 8] },
    },
    8,
  ],
  ['bytes left over', { a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }, 8],
  ['a shape that its bytes do not fill', { a: { dtype: 'F32', shape: [3], data_offsets: [0, 8] } }, 8],
  ['an entry without a shape', { a: { dtype: 'F32', data_offsets: [0, 8] } }, 8],
  ['a list', [1], 0],
])('%s is unreadable', (_, header, data) => {
  expect(codeOf(write(header, data))).toBe('weights-unreadable');
});

test('an 8-bit float is unsupported', () => {
  expect(codeOf(write({ a: { dtype: 'F8_E4M3', shape: [4], data_offsets: [0, 4] } }, 4))).toBe(
    'weights-unsupported',
  );
});

test('a header longer than the file is refused before it is read', () => {
  const file = new Uint8Array(16).fill(255);
  expect(codeOf(file)).toBe('weights-unreadable');
});

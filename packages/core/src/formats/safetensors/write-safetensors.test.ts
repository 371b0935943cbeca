import { expect, test } from 'vitest';
import { regraftErrorOf } from '../../testing/regraft-error-of.js';
import { readSafetensors } from './read-safetensors.js';
import { readSafetensorsMetadata } from './read-safetensors-metadata.js';
import { type SafetensorsTensor, writeSafetensors } from './write-safetensors.js';

const features = { shape: [2, 3], data: Float32Array.of(0.1, -2, 3e-30, 4, 5, Number.MAX_VALUE) };
const labels = { shape: [2], data: Int32Array.of(7, -1) };

test('what is written is read back, with its metadata', () => {
  const tensors = new Map<string, SafetensorsTensor>([
    ['a/features', features],
    ['a/labels', labels],
    ['none', { shape: [0, 3], data: new Float32Array() }],
  ]);
  const bytes = writeSafetensors(tensors, { note: 'grün' });
  const read = readSafetensors(bytes);
  expect([...read.keys()]).toEqual(['a/features', 'a/labels', 'none']);
  expect(read.get('a/features')).toEqual(features);
  expect([...read.get('a/labels')!.data]).toEqual([7, -1]);
  expect(readSafetensorsMetadata(bytes)).toEqual({ note: 'grün' });
});

test('the layout is that of the format: header length, header padded to 8 bytes, little-endian numbers', () => {
  const bytes = writeSafetensors(new Map([['labels', labels]]));
  const view = new DataView(bytes.buffer);
  const length = Number(view.getBigUint64(0, true));
  expect(length % 8).toBe(0);
  expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
    __metadata__: {},
    labels: { dtype: 'I32', shape: [2], data_offsets: [0, 8] },
  });
  expect([view.getInt32(8 + length, true), view.getInt32(12 + length, true)]).toEqual([7, -1]);
});

test('a view into a larger buffer is written alone', () => {
  const data = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
  expect(readSafetensors(writeSafetensors(new Map([['x', { shape: [2], data }]]))).get('x')!.data).toEqual(
    Float32Array.of(2, 3),
  );
});

test('numbers that do not fill their shape are refused', async () => {
  const wrong = new Map([['x', { shape: [3], data: Float32Array.of(1) }]]);
  expect((await regraftErrorOf(() => writeSafetensors(wrong))).code).toBe('data-invalid');
});

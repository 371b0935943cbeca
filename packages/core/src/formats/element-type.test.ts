import { expect, test } from 'vitest';
import { elementCodecs } from './element-type.js';

test('bfloat16 is the upper half of a float32', () => {
  const bytes = new Uint8Array(Uint16Array.of(0x3f80, 0xc040, 0x0080).buffer);
  expect([...elementCodecs.bfloat16.decode(bytes)]).toEqual([1, -3, 2 ** -126]);
});

test('integers of 64 bits, from an unaligned start', () => {
  const bytes = new Uint8Array(17);
  new DataView(bytes.buffer).setBigInt64(1, -5n, true);
  new DataView(bytes.buffer).setBigInt64(9, 7n, true);
  expect([...elementCodecs.int64.decode(bytes.subarray(1))]).toEqual([-5, 7]);
});

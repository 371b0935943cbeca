import { describe, expect, test } from 'vitest';
import { seededValues } from '../testing/seeded-values.js';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint.js';

const content = {
  header: { epoch: 3, loss: 0.1 + 0.2, name: 'größer 重み', none: null },
  arrays: new Map([
    ['head/kernel', seededValues(7, 1)],
    ['empty', new Float32Array()],
    ['slots/mean', Float32Array.of(Number.NaN, -0, Infinity, 1e-45)],
  ]),
};

describe('a checkpoint', () => {
  test('comes back as it was, to the bit', async () => {
    const { header, arrays } = await decodeCheckpoint(await encodeCheckpoint(content));
    expect(header).toEqual(content.header);
    expect([...arrays.keys()]).toEqual([...content.arrays.keys()]);
    for (const [name, values] of content.arrays) {
      expect(new Uint8Array(arrays.get(name)!.buffer)).toEqual(new Uint8Array(values.buffer));
    }
  });

  test('may stand anywhere in a larger buffer', async () => {
    const bytes = await encodeCheckpoint(content);
    const larger = new Uint8Array(bytes.length + 9);
    larger.set(bytes, 5);
    expect((await decodeCheckpoint(larger.subarray(5, 5 + bytes.length))).header).toEqual(content.header);
  });

  test('is refused when a single byte differs, wherever', async () => {
    const bytes = await encodeCheckpoint(content);
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at]! ^= 0x10;
      await expect(decodeCheckpoint(changed)).rejects.toMatchObject({ code: 'run-not-resumable' });
    }
  });

  test('is refused when cut short, wherever', async () => {
    const bytes = await encodeCheckpoint(content);
    for (let length = 0; length < bytes.length; length++) {
      await expect(decodeCheckpoint(bytes.slice(0, length))).rejects.toMatchObject({
        code: 'run-not-resumable',
      });
    }
  });

  test('says which version it is', async () => {
    const bytes = await encodeCheckpoint(content);
    bytes[8] = 2;
    await expect(decodeCheckpoint(bytes)).rejects.toThrow(/version 2 where this release reads 1/);
  });
});

import { RegraftError } from '@regraft/errors';
import type { Shape } from '../../network/network.js';
import { sizeOf } from '../../network/size-of.js';

/** Numbers with a shape; floats are stored as F32, integers as I32. */
export interface SafetensorsTensor {
  readonly shape: Shape;
  readonly data: Float32Array | Int32Array;
}

/** Where the tensors begin, so that a reader can map them into memory as they are. */
const alignment = 8;

const encodeHeader = (header: unknown): Uint8Array => {
  const text = JSON.stringify(header);
  const length = new TextEncoder().encode(text).length;
  return new TextEncoder().encode(text + ' '.repeat((alignment - (length % alignment)) % alignment));
};

/**
 * The bytes of a `.safetensors` file that holds these tensors in their order, and `metadata` about them. Format:
 * huggingface/safetensors. Throws `data-invalid` for numbers that don't fill their shape.
 *
 * @example writeSafetensors(new Map([['features', { shape: [500, 1280], data }]]), { source: 'photos' })
 */
export const writeSafetensors = (
  tensors: ReadonlyMap<string, SafetensorsTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array => {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { shape, data }] of tensors) {
    if (sizeOf(shape) !== data.length) {
      throw new RegraftError({
        code: 'data-invalid',
        message: `A tensor's numbers must fill its shape. Received: ${data.length} numbers for [${shape.join(', ')}] of "${name}"`,
        hint: 'Give whole rows.',
      });
    }
    const start = end;
    end += data.byteLength;
    header[name] = {
      dtype: data instanceof Float32Array ? 'F32' : 'I32',
      shape: [...shape],
      data_offsets: [start, end],
    };
  }
  const encoded = encodeHeader(header);
  const file = new Uint8Array(8 + encoded.length + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(encoded.length), true);
  file.set(encoded, 8);
  let position = 8 + encoded.length;
  for (const { data } of tensors.values()) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return file;
};

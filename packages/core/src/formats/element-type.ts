import { halfToFloat } from './half-to-float.js';

/** How numbers of a weight file are stored; all little endian. */
interface ElementCodec {
  /** Bytes of one element. */
  readonly size: number;
  /** Reads whole elements. */
  readonly decode: (bytes: Uint8Array) => Float32Array;
}

const codec = (size: number, read: (view: DataView, offset: number) => number): ElementCodec => ({
  size,
  decode: (bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const values = new Float32Array(bytes.byteLength / size);
    for (let index = 0; index < values.length; index++) values[index] = read(view, index * size);
    return values;
  },
});

const scratch = new DataView(new ArrayBuffer(4));

const readBrainFloat = (view: DataView, offset: number): number => {
  scratch.setUint32(0, view.getUint16(offset, true) << 16);
  return scratch.getFloat32(0);
};

/** The element types that weight files hold; each is decoded to float32. */
export const elementCodecs = {
  float64: codec(8, (view, offset) => view.getFloat64(offset, true)),
  float32: codec(4, (view, offset) => view.getFloat32(offset, true)),
  float16: { size: 2, decode: halfToFloat },
  bfloat16: codec(2, readBrainFloat),
  int64: codec(8, (view, offset) => Number(view.getBigInt64(offset, true))),
  uint64: codec(8, (view, offset) => Number(view.getBigUint64(offset, true))),
  int32: codec(4, (view, offset) => view.getInt32(offset, true)),
  uint32: codec(4, (view, offset) => view.getUint32(offset, true)),
  int16: codec(2, (view, offset) => view.getInt16(offset, true)),
  uint16: codec(2, (view, offset) => view.getUint16(offset, true)),
  int8: codec(1, (view, offset) => view.getInt8(offset)),
  uint8: codec(1, (view, offset) => view.getUint8(offset)),
  bool: codec(1, (view, offset) => view.getUint8(offset)),
} as const satisfies Record<string, ElementCodec>;

export type ElementType = keyof typeof elementCodecs;

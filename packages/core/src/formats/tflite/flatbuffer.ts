import { unreadable } from '../format-errors.js';

/**
 * A table of a flatbuffer: fields by their number in the schema, a default where one is absent. Reading
 * outside the file throws a RangeError.
 */
export interface FlatTable {
  integer(field: number, fallback?: number): number;
  byte(field: number, fallback?: number): number;
  float(field: number, fallback?: number): number;
  text(field: number): string;
  table(field: number): FlatTable | undefined;
  tables(field: number): readonly FlatTable[];
  integers(field: number): readonly number[];
  bytes(field: number): Uint8Array;
}

const tableAt = (view: DataView, position: number): FlatTable => {
  const vtable = position - view.getInt32(position, true);
  const vtableSize = view.getUint16(vtable, true);
  const locate = (field: number): number => {
    const entry = 4 + 2 * field;
    const offset = entry + 2 <= vtableSize ? view.getUint16(vtable + entry, true) : 0;
    return offset === 0 ? 0 : position + offset;
  };
  const follow = (field: number): number => {
    const at = locate(field);
    return at === 0 ? 0 : at + view.getUint32(at, true);
  };
  const vector = (field: number, bytesPerElement: number): { start: number; length: number } => {
    const at = follow(field);
    if (at === 0) return { start: 0, length: 0 };
    const length = view.getUint32(at, true);
    const start = at + 4;
    if (start + length * bytesPerElement > view.byteLength) {
      throw new RangeError(`a vector of ${length} elements at byte ${start} of ${view.byteLength}`);
    }
    return { start, length };
  };
  const elements = <Element>(field: number, read: (at: number) => Element): Element[] => {
    const { length, start } = vector(field, 4);
    return Array.from({ length }, (_, index) => read(start + 4 * index));
  };
  const bytes = (field: number): Uint8Array => {
    const { length, start } = vector(field, 1);
    return new Uint8Array(view.buffer, view.byteOffset + start, length);
  };
  const scalar =
    (read: (at: number) => number) =>
    (field: number, fallback = 0): number => {
      const at = locate(field);
      return at === 0 ? fallback : read(at);
    };
  return {
    integer: scalar((at) => view.getInt32(at, true)),
    byte: scalar((at) => view.getInt8(at)),
    float: scalar((at) => view.getFloat32(at, true)),
    text: (field) => new TextDecoder().decode(bytes(field)),
    table: (field) => {
      const at = follow(field);
      return at === 0 ? undefined : tableAt(view, at);
    },
    tables: (field) => elements(field, (at) => tableAt(view, at + view.getUint32(at, true))),
    integers: (field) => elements(field, (at) => view.getInt32(at, true)),
    bytes,
  };
};

/** A table in which every field is absent. */
export const emptyTable: FlatTable = {
  integer: (_field, fallback = 0) => fallback,
  byte: (_field, fallback = 0) => fallback,
  float: (_field, fallback = 0) => fallback,
  text: () => '',
  table: () => undefined,
  tables: () => [],
  integers: () => [],
  bytes: () => new Uint8Array(0),
};

/** Runs a reader over a flatbuffer's root table; a read outside the file becomes `weights-unreadable`. */
export const readFlatbuffer = <Result>(
  bytes: Uint8Array,
  format: string,
  read: (root: FlatTable) => Result,
): Result => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return read(tableAt(view, view.getUint32(0, true)));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw unreadable(`A ${format} file must be whole. Received: ${error.message}`, error);
  }
};

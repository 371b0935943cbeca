import type { File, Group } from 'h5wasm';
import type { Weight } from '../../network/network.js';
import { sizeOf } from '../../network/size-of.js';
import { unreadable, unsupported } from '../format-errors.js';

/** The parts of an open HDF5 file that Keras files use; paths start at its root, which is the empty path. */
export interface Hdf5Reader {
  /** A text attribute of a group; undefined where it has none. */
  text(group: string, attribute: string): string | undefined;
  /** A list of texts; Keras splits a long one over `attribute0`, `attribute1`, … */
  texts(group: string, attribute: string): readonly string[] | undefined;
  /** Names of what a group holds. */
  names(group: string): readonly string[];
  /** A dataset of numbers as float32. */
  weight(path: string): Weight;
}

const mostBytes = 2 ** 31;

/** HDF5's numbers for classes of values. */
const valueClasses = { integer: 0, float: 1 };

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

const toFloats = (value: unknown): Float32Array | undefined => {
  if (value instanceof Float32Array) return value;
  if (typeof value === 'number' || typeof value === 'bigint') return Float32Array.of(Number(value));
  if (!ArrayBuffer.isView(value) || value instanceof DataView) return undefined;
  return Float32Array.from(value as unknown as ArrayLike<number | bigint>, Number);
};

/** Reads a file that h5wasm has opened. */
export const hdf5Reader = (h5wasm: typeof import('h5wasm').default, file: File): Hdf5Reader => {
  const groupAt = (path: string): Group => {
    const entity = path === '' ? file : file.get(path);
    if (entity instanceof h5wasm.Group) return entity;
    throw unreadable(`The HDF5 file must hold the group "${path}". Received: none`);
  };
  const attribute = (group: string, name: string): unknown => {
    const { attrs } = groupAt(group);
    return Object.hasOwn(attrs, name) ? attrs[name]!.value : undefined;
  };
  return {
    names: (group) => groupAt(group).keys(),
    text: (group, name) => {
      const value = attribute(group, name);
      return typeof value === 'string' ? value : undefined;
    },
    texts: (group, name) => {
      const whole = attribute(group, name);
      if (isTexts(whole)) return whole;
      // An empty list is stored as an empty array of numbers.
      if (ArrayBuffer.isView(whole)) return [];
      const parts: string[][] = [];
      for (
        let part = attribute(group, `${name}0`);
        isTexts(part);
        part = attribute(group, `${name}${parts.length}`)
      ) {
        parts.push(part);
      }
      return parts.length === 0 ? undefined : parts.flat();
    },
    weight: (path) => {
      const entity = file.get(path);
      if (!(entity instanceof h5wasm.Dataset)) {
        throw unreadable(`The HDF5 file must hold the weight "${path}". Received: none`);
      }
      const { metadata } = entity;
      const shape = metadata.shape ?? [];
      const isFloat = metadata.type === valueClasses.float && metadata.size >= 4;
      if (!isFloat && metadata.type !== valueClasses.integer) {
        throw unsupported(
          `Weights must be float32, float64 or integers. Received: ${String(entity.dtype)} for "${path}"`,
          'Save the model with float32 weights.',
        );
      }
      if (sizeOf(shape) * metadata.size > mostBytes) {
        throw unreadable(
          `A weight may take ${mostBytes} bytes. Received: [${shape.join(', ')}] for "${path}"`,
        );
      }
      const data = toFloats(entity.value);
      if (data?.length === sizeOf(shape)) return { shape, data };
      throw unreadable(`The weight "${path}" must be whole. Received: ${data?.length ?? 'no'} values`);
    },
  };
};

import { elementCodecs } from '../element-type.js';
import { unreadable, unsupported } from '../format-errors.js';
import type { Archive } from './archive.js';
import { ByteCursor } from './byte-cursor.js';
import type { PickledStorage, PickleValue } from './pickle-value.js';
import { unpickle } from './unpickle.js';

const magic = 0x1950a86a20f9469cfc6cn;
const protocol = 1001;

const requireHeader = (cursor: ByteCursor): void => {
  if (unpickle(cursor) !== magic) {
    throw unreadable("A PyTorch file must start with PyTorch's number. Received: another pickle");
  }
  const version = unpickle(cursor);
  if (version !== protocol) {
    throw unsupported(
      `A PyTorch file must be of protocol ${protocol}. Received: ${String(version)}`,
      'Load it in a current PyTorch and save it again.',
    );
  }
  const system = unpickle(cursor);
  if (!(system instanceof Map) || system.get('little_endian') !== true) {
    throw unsupported(
      'Weights must be little endian. Received: another byte order',
      'Save them on a little-endian machine.',
    );
  }
};

const isKeys = (value: PickleValue): value is string[] =>
  Array.isArray(value) && value.every((key) => typeof key === 'string');

/** Storages follow the pickles in the order of the keys: a count of elements, then the elements. */
const readStorages = (
  cursor: ByteCursor,
  elementSizes: ReadonlyMap<string, number>,
): ReadonlyMap<string, Uint8Array> => {
  const keys = unpickle(cursor);
  if (!isKeys(keys)) throw unreadable('A PyTorch file must list its storages. Received: something else');
  const storages = new Map<string, Uint8Array>();
  for (const key of keys) {
    const size = elementSizes.get(key);
    if (size === undefined)
      throw unreadable(`A PyTorch file's storages must be used. Received: "${key}", which is not`);
    storages.set(key, cursor.take(cursor.uint64() * size));
  }
  return storages;
};

/** The file that `torch.save` wrote up to PyTorch 1.5: five pickles, then the storages' bytes. */
export const readLegacyArchive = (bytes: Uint8Array): Archive => {
  const cursor = new ByteCursor(bytes);
  requireHeader(cursor);
  const elementSizes = new Map<string, number>();
  const root = unpickle(cursor, ({ key, type }: PickledStorage) => {
    elementSizes.set(key, elementCodecs[type].size);
  });
  const storages = readStorages(cursor, elementSizes);
  return {
    root,
    bytesOf: ({ key }) => {
      const storage = storages.get(key);
      if (storage === undefined)
        throw unreadable(`A PyTorch file must hold every storage. Received: none for "${key}"`);
      return storage;
    },
  };
};

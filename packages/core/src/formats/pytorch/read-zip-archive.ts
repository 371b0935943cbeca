import { RegraftError } from '@regraft/errors';
import { type UnzipFileInfo, unzipSync } from 'fflate';
import { unreadable, unsupported } from '../format-errors.js';
import type { Archive } from './archive.js';
import { ByteCursor } from './byte-cursor.js';
import { unpickle } from './unpickle.js';

/** An entry of a zip archive's directory is no shorter than this. */
const smallestEntry = 46;

/** Lets a PyTorch archive's own entries through, as long as what comes out is no larger than the file. */
const admitEntries = (fileSize: number): ((entry: UnzipFileInfo) => boolean) => {
  let entries = 0;
  let size = 0;
  return (entry) => {
    entries++;
    const wanted = /(^|\/)(data\.pkl|byteorder|data\/[^/]+)$/.test(entry.name);
    if (wanted) size += entry.size;
    if (entries * smallestEntry > fileSize || size > fileSize) {
      throw unreadable('A PyTorch file must hold as much as its directory says. Received: less');
    }
    if (wanted && entry.compression !== 0) {
      throw unsupported(
        `A PyTorch file must hold its tensors uncompressed. Received: "${entry.name}" compressed`,
        'Load it in PyTorch and save it again with torch.save.',
      );
    }
    return wanted;
  };
};

const unpack = (bytes: Uint8Array): ReadonlyMap<string, Uint8Array> => {
  try {
    return new Map(Object.entries(unzipSync(bytes, { filter: admitEntries(bytes.length) })));
  } catch (cause) {
    if (RegraftError.isInstance(cause)) throw cause;
    throw unreadable('A PyTorch file must be a whole zip archive. Received: a damaged one', cause);
  }
};

/** The file that `torch.save` writes since PyTorch 1.6: a zip archive of `data.pkl` and one entry a storage. */
export const readZipArchive = (bytes: Uint8Array): Archive => {
  const entries = unpack(bytes);
  const picklePath = [...entries.keys()].find((name) => /(^|\/)data\.pkl$/.test(name));
  if (picklePath === undefined) {
    throw unreadable('A PyTorch archive must hold data.pkl. Received: a zip archive without it');
  }
  const folder = picklePath.slice(0, -'data.pkl'.length);
  const byteOrder = entries.get(`${folder}byteorder`);
  if (byteOrder !== undefined && new TextDecoder().decode(byteOrder) !== 'little') {
    throw unsupported(
      'Weights must be little endian. Received: another byte order',
      'Save them on a little-endian machine.',
    );
  }
  return {
    root: unpickle(new ByteCursor(entries.get(picklePath)!)),
    bytesOf: ({ key }) => {
      const storage = entries.get(`${folder}data/${key}`);
      if (storage === undefined) {
        throw unreadable(`A PyTorch archive must hold every storage. Received: none for "data/${key}"`);
      }
      return storage;
    },
  };
};

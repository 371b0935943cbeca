import { isHdf5 } from './keras-h5/open-hdf5.js';
import { listZip } from './unzip-files.js';

/** What one file is, by its content. */
export type FileFormat = 'json' | 'keras-3' | 'keras-h5' | 'pytorch' | 'safetensors' | 'tflite' | 'zip';

const text = (bytes: Uint8Array, start: number, end: number): string =>
  new TextDecoder('latin1').decode(bytes.subarray(start, end));

const detectZip = (bytes: Uint8Array): FileFormat => {
  const names = listZip(bytes).map(({ name }) => name);
  if (names.some((name) => name === 'data.pkl' || name.endsWith('/data.pkl'))) return 'pytorch';
  return names.includes('config.json') && names.includes('model.weights.h5') ? 'keras-3' : 'zip';
};

/** A length of the JSON header that fits the file, then its brace. */
const isSafetensors = (bytes: Uint8Array): boolean => {
  if (bytes.length < 10 || bytes[8] !== 0x7b) return false;
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  return length <= BigInt(bytes.length - 8);
};

const highestPickleProtocol = 5;

/**
 * The format of a file by its content, whatever it is called; undefined for one that no reader knows.
 *
 * @example detectFormat(bytes); // 'tflite'
 */
export const detectFormat = (bytes: Uint8Array): FileFormat | undefined => {
  if (isHdf5(bytes)) return 'keras-h5';
  if (text(bytes, 4, 8) === 'TFL3') return 'tflite';
  if (text(bytes, 0, 4) === 'PK\x03\x04') return detectZip(bytes);
  if (isSafetensors(bytes)) return 'safetensors';
  if (bytes[0] === 0x80 && bytes[1]! >= 2 && bytes[1]! <= highestPickleProtocol) return 'pytorch';
  return /^(?:\xef\xbb\xbf)?\s*\{/.test(text(bytes, 0, 64)) ? 'json' : undefined;
};

import { RegraftError } from '@regraft/errors';
import { type UnzipFileInfo, unzipSync } from 'fflate';
import { unreadable } from './format-errors.js';

export interface UnzipOptions {
  /** The most bytes all files may take once inflated; 1 GiB unless told. */
  readonly maxBytes?: number;
}

const gibibyte = 2 ** 30;

const unsafe = (message: string, name: string): RegraftError =>
  new RegraftError({
    code: 'weights-unsafe',
    message,
    hint: 'Do not use this file; take one from a source you trust.',
    details: { name },
  });

const isEscaping = (name: string): boolean => {
  const parts = name.split(/[\\/]/);
  return parts.includes('..') || parts[0] === '' || /^[a-z]:/i.test(name) || name.includes('\0');
};

/** What the directory of a zip takes for each file, at least. */
const smallestEntry = 46;

const readZip = (bytes: Uint8Array, filter: (file: UnzipFileInfo) => boolean): Record<string, Uint8Array> => {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    throw unreadable(`A zip must be whole and not encrypted. Received: ${String(error)}`, error);
  }
};

/** What a zip says it holds; nothing is inflated. Throws `weights-unreadable` for a broken zip. */
export const listZip = (bytes: Uint8Array): readonly UnzipFileInfo[] => {
  const listed: UnzipFileInfo[] = [];
  readZip(bytes, (file) => {
    listed.push(file);
    if (listed.length * smallestEntry > bytes.length)
      throw new Error('it claims more files than it has room for');
    return false;
  });
  return listed;
};

/**
 * The files of a zip by name, folders left out. Before anything is inflated, a name that leaves the
 * archive (`../`, absolute) or more than `maxBytes` in all gets `weights-unsafe`; a broken zip `weights-unreadable`.
 *
 * @example unzipFiles(bytes).get('model.json');
 */
export const unzipFiles = (
  bytes: Uint8Array,
  { maxBytes = gibibyte }: UnzipOptions = {},
): ReadonlyMap<string, Uint8Array> => {
  const listed = listZip(bytes);
  const escaping = listed.find(({ name }) => isEscaping(name));
  if (escaping !== undefined) {
    throw unsafe(`Names in a zip must stay inside it. Received: "${escaping.name}"`, escaping.name);
  }
  const total = listed.reduce((sum, { originalSize }) => sum + originalSize, 0);
  if (total > maxBytes) {
    throw unsafe(`A zip must inflate to ${maxBytes} bytes at most. Received: ${total}`, listed[0]!.name);
  }
  const files = readZip(bytes, ({ name }) => !name.endsWith('/'));
  for (const { name, originalSize } of listed) {
    if (name in files && files[name]!.length !== originalSize) {
      throw unreadable(`"${name}" must inflate to ${originalSize} bytes. Received: ${files[name]!.length}`);
    }
  }
  return new Map(Object.entries(files));
};

import { closeSync, createReadStream, mkdirSync, openSync, writeSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import type { InstallContext } from './install-step.js';
import { libraries } from './native-release.js';

/** The headers that the addon includes, and what those include. */
const headerFolders = ['tensorflow/c/', 'tensorflow/core/platform/', 'tsl/'];

/** What the libraries of some wheels need besides; they look for it under this name beside their own folder. */
const bundledLibrary = /^tensorflow\.libs\/[\w.-]+$/;

/** Where an entry of the wheel goes below `deps`; nothing for what isn't needed. */
const placeOf = (entry: string): string | undefined => {
  const library = libraries.find((name) => entry === `tensorflow/${name}`);
  if (library !== undefined) return join('lib', library);
  if (bundledLibrary.test(entry)) return entry;
  const header = entry.startsWith('tensorflow/include/') ? entry.slice('tensorflow/include/'.length) : '';
  return header.endsWith('.h') && headerFolders.some((folder) => header.startsWith(folder))
    ? join('include', header)
    : undefined;
};

const writeEntry = (file: UnzipFile, path: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  const target = openSync(path, 'w');
  file.ondata = (error, chunk, final) => {
    if (error === null) writeSync(target, chunk);
    if (final || error !== null) closeSync(target);
    if (error !== null) throw error;
  };
  file.start();
};

/** Takes the libraries and the headers out of TensorFlow's wheel, without holding it in memory. */
export const unpackTensorflow = async (
  wheel: string,
  deps: string,
  { signal, onStep }: InstallContext,
): Promise<void> => {
  const unzip = new Unzip();
  unzip.register(UnzipInflate);
  unzip.onfile = (file) => {
    const place = placeOf(file.name);
    if (place !== undefined) writeEntry(file, join(deps, place));
  };
  const { size: total } = await stat(wheel);
  let done = 0;
  for await (const chunk of createReadStream(wheel, { highWaterMark: 2 ** 20, signal })) {
    unzip.push(chunk as Uint8Array);
    done += (chunk as Uint8Array).length;
    onStep({ step: 'unpack', done, total });
  }
  unzip.push(new Uint8Array(0), true);
};

import { RegraftError } from '@regraft/errors';
import { unreadable } from '../format-errors.js';
import { type Hdf5Reader, hdf5Reader } from './hdf5-reader.js';

/** The part of Emscripten's file system that h5wasm's types leave out. */
interface FileSystem {
  readonly streams: unknown[];
  open(path: string, flags: string): unknown;
  close(stream: unknown): void;
  writeFile(path: string, bytes: Uint8Array): void;
  unlink(path: string): void;
}

const standardError = 2;

/** Keeps libhdf5's diagnostics off the console: our errors say what is wrong. */
const silently = <Result>(fileSystem: FileSystem, run: () => Result): Result => {
  const diagnostics = fileSystem.streams[standardError];
  const nowhere = fileSystem.open('/dev/null', 'w');
  fileSystem.streams[standardError] = nowhere;
  try {
    return run();
  } finally {
    fileSystem.streams[standardError] = diagnostics;
    fileSystem.close(nowhere);
  }
};

/** A trap inside libhdf5's wasm leaves the one instance there is unfit for further files. */
const broken = (bytes: Uint8Array, cause: unknown): RegraftError =>
  new RegraftError({
    code: 'weights-unreadable',
    message: `An HDF5 file must be whole. Received: ${bytes.length} bytes that libhdf5 can't read`,
    hint:
      cause instanceof WebAssembly.RuntimeError
        ? 'Download the file again, and start the program again: libhdf5 may refuse other files now.'
        : 'Download or export the file again; it may be cut off.',
    cause,
  });

let filesOpened = 0;

/** True for bytes that start as HDF5 files do. */
export const isHdf5 = (bytes: Uint8Array): boolean =>
  [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, index) => bytes[index] === byte);

/**
 * Opens HDF5 bytes in h5wasm's memory while `read` takes what it needs; whatever libhdf5 can't do with them
 * becomes `weights-unreadable`. The wasm module is loaded by the first call.
 */
export const openHdf5 = async <Result>(
  bytes: Uint8Array,
  read: (reader: Hdf5Reader) => Result,
): Promise<Result> => {
  if (!isHdf5(bytes)) throw unreadable('An HDF5 file must start with its mark. Received: other bytes');
  const { default: h5wasm } = await import('h5wasm');
  const fileSystem = (await h5wasm.ready).FS as unknown as FileSystem;
  const path = `/regraft-${filesOpened++}.h5`;
  fileSystem.writeFile(path, bytes);
  return silently(fileSystem, () => {
    try {
      const file = new h5wasm.File(path, 'r');
      try {
        return read(hdf5Reader(h5wasm, file));
      } finally {
        file.close();
      }
    } catch (error) {
      throw RegraftError.isInstance(error) ? error : broken(bytes, error);
    } finally {
      fileSystem.unlink(path);
    }
  });
};

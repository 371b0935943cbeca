import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from './sync-folder.js';

export interface TemporaryFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

export type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

const writeAll = async (file: FileHandle, chunk: Uint8Array): Promise<void> => {
  for (let written = 0; written < chunk.byteLength; ) {
    const { bytesWritten } = await file.write(chunk, written, chunk.byteLength - written);
    written += bytesWritten;
  }
};

/** Writes chunks to a new file of the folder, durably; a failure leaves no file behind. */
export const writeTemporaryFile = async (folder: string, chunks: Chunks): Promise<TemporaryFile> => {
  const path = join(folder, `${process.pid}-${randomUUID()}`);
  const file = await open(path, 'wx');
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of chunks) {
      hash.update(chunk);
      await writeAll(file, chunk);
      bytes += chunk.byteLength;
    }
    await file.sync();
    await file.close();
    return { path, sha256: hash.digest('hex'), bytes };
  } catch (error) {
    await file.close().catch(() => {});
    await rm(path, { force: true });
    throw error;
  }
};

/** Moves a temporary file to its place in one step, durably; a failure removes it. */
export const publishFile = async (temporary: TemporaryFile, target: string): Promise<void> => {
  try {
    await rename(temporary.path, target);
  } catch (error) {
    await rm(temporary.path, { force: true });
    throw error;
  }
  await syncFolder(dirname(target));
};

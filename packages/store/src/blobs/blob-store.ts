import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RegraftError } from '@regraft/errors';
import { makeFolder } from '../files/make-folder.js';
import { publishFile, writeTemporaryFile } from '../files/temporary-file.js';
import { fileErrorCode, isMissing, withFileErrors } from '../files/translate-file-error.js';
import type { StoreContext } from '../store-context.js';
import { storeFailure } from '../store-failure.js';
import type { StoreLayout } from '../store-layout.js';

export interface BlobFacts {
  readonly sha256: string;
  readonly bytes: number;
}

export interface ListedBlob extends BlobFacts {
  /** When it was last put. */
  readonly putAt: Date;
}

/** Content under its own sha256. The same content put twice is one file. */
export interface BlobStore {
  /** Writes content durably. A blob that nothing refers to is removed by `gc` after a while. */
  put(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<BlobFacts>;
  /** The content, checked against its hash: 'store-corrupt' where it differs, 'record-not-found' where there is none. */
  get(sha256: string): Promise<Uint8Array>;
  has(sha256: string): Promise<boolean>;
  /** Where the blob lies or would lie. The file must not be changed. */
  path(sha256: string): string;
  /** Every blob, in order of hash. */
  list(): AsyncIterable<ListedBlob>;
}

const hashPattern = /^[0-9a-f]{64}$/;

/** True for a sha256 in lower-case hex. */
const isBlobHash = (text: string): boolean => hashPattern.test(text);

/** sha256 of bytes in lower-case hex. */
export const hashBytes = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Where a blob lies: `blobs/ab/cdef…`. Throws 'usage-invalid' for what is no hash. */
export const blobPath = (layout: StoreLayout, sha256: string): string => {
  if (!isBlobHash(sha256)) {
    throw new RegraftError({
      code: 'usage-invalid',
      message: `A blob is named by a sha256 of 64 lower-case hex digits. Received: ${sha256}`,
    });
  }
  return join(layout.blobs, sha256.slice(0, 2), sha256.slice(2));
};

/**
 * Marks an existing blob as just put, so that `gc` leaves it alone. False where that cannot be: there is none,
 * it has another size, or it belongs to another user; then it is to be written again.
 */
const renew = async (path: string, bytes: number): Promise<boolean> => {
  try {
    if ((await stat(path)).size !== bytes) return false;
    const now = new Date();
    await utimes(path, now, now);
    return true;
  } catch (error) {
    if (isMissing(error) || fileErrorCode(error) === 'EPERM') return false;
    throw error;
  }
};

const putContent = async (
  layout: StoreLayout,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<BlobFacts> => {
  if (content instanceof Uint8Array) {
    const sha256 = hashBytes(content);
    if (await renew(blobPath(layout, sha256), content.byteLength))
      return { sha256, bytes: content.byteLength };
  }
  const temporary = await writeTemporaryFile(
    layout.temporary,
    content instanceof Uint8Array ? [content] : content,
  );
  const { sha256, bytes } = temporary;
  const path = blobPath(layout, sha256);
  try {
    if (await renew(path, bytes)) await rm(temporary.path);
    else {
      await makeFolder(dirname(path));
      await publishFile(temporary, path);
    }
  } catch (error) {
    await rm(temporary.path, { force: true });
    throw error;
  }
  return { sha256, bytes };
};

const getContent = async (layout: StoreLayout, sha256: string): Promise<Uint8Array> => {
  const path = blobPath(layout, sha256);
  let content: Uint8Array;
  try {
    content = await readFile(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
    // Where the whole store is gone, that is what to say.
    await stat(layout.database);
    throw new RegraftError({
      code: 'record-not-found',
      message: `A blob must be in the store to be read. Received: ${sha256}`,
      hint: 'Run `regraft store check` to see what else is missing.',
      details: { sha256 },
    });
  }
  if (hashBytes(content) === sha256) return content;
  throw storeFailure(
    'store-corrupt',
    layout.root,
    new Error(`blob ${sha256} has other content than its name says`),
  );
};

const readFacts = async (path: string): Promise<{ size: number; mtime: Date } | undefined> => {
  try {
    return await stat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

/** Every blob, in order of hash. */
export async function* listBlobs(layout: StoreLayout): AsyncGenerator<ListedBlob> {
  const read = async (folder: string): Promise<string[]> =>
    (await withFileErrors(layout, () => readdir(folder))).sort();
  for (const start of await read(layout.blobs)) {
    if (!/^[0-9a-f]{2}$/.test(start)) continue;
    for (const rest of await read(join(layout.blobs, start))) {
      const sha256 = start + rest;
      const facts = isBlobHash(sha256) ? await readFacts(blobPath(layout, sha256)) : undefined;
      if (facts) yield { sha256, bytes: facts.size, putAt: facts.mtime };
    }
  }
}

/** The blobs of a store. */
export const createBlobStore = ({
  layout,
  readOnly,
}: Pick<StoreContext, 'layout' | 'readOnly'>): BlobStore => {
  const translated = <Result>(work: () => Promise<Result>): Promise<Result> => withFileErrors(layout, work);
  return {
    put: (content) =>
      translated(() => {
        if (readOnly) throw storeFailure('store-read-only', layout.root);
        return putContent(layout, content);
      }),
    get: (sha256) => translated(() => getContent(layout, sha256)),
    has: (sha256) =>
      translated(async () => {
        try {
          return (await stat(blobPath(layout, sha256))).isFile();
        } catch (error) {
          if (!isMissing(error)) throw error;
          await stat(layout.database);
          return false;
        }
      }),
    path: (sha256) => blobPath(layout, sha256),
    list: () => listBlobs(layout),
  };
};

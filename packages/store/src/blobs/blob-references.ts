import { statSync } from 'node:fs';
import { RegraftError } from '@regraft/errors';
import type { Kysely, Transaction } from 'kysely';
import type { BlobReferenceView, Schema } from '../database/schema.js';
import type { StoreContext } from '../store-context.js';
import { type BlobFacts, blobPath, createBlobStore } from './blob-store.js';

/** New content, or the sha256 of a blob that is in the store already. */
export type BlobContent = Uint8Array | string;

/** The references to one blob, or to all. */
export const listBlobReferences = (
  database: Kysely<Schema>,
  sha256?: string,
): Promise<BlobReferenceView[]> => {
  const all = database.selectFrom('blob_references').selectAll();
  return (sha256 === undefined ? all : all.where('blob', '=', sha256)).execute();
};

const missingBlob = (sha256: string): RegraftError =>
  new RegraftError({
    code: 'record-not-found',
    message: `A blob must be in the store to be referred to. Received: ${sha256}`,
    details: { sha256 },
  });

/**
 * Puts contents into the store and writes what refers to them, so that no reference ever lacks its blob.
 *
 * A reference is written under the write lock after its blob was seen there, and a blob is removed under the write
 * lock after no reference was seen. Content that somebody removes between put and write is put again, under the lock.
 * Throws 'record-not-found' for the hash of a blob that is not there.
 */
export const writeWithBlobs = async <Result>(
  context: StoreContext,
  contents: readonly BlobContent[],
  write: (transaction: Transaction<Schema>, blobs: readonly BlobFacts[]) => Promise<Result>,
): Promise<Result> => {
  const { layout, database } = context;
  const blobs = createBlobStore(context);
  const hashes: string[] = [];
  for (const content of contents) {
    hashes.push(typeof content === 'string' ? content : (await blobs.put(content)).sha256);
  }
  return database.transaction().execute(async (transaction) => {
    const present: BlobFacts[] = [];
    for (const [at, sha256] of hashes.entries()) {
      const content = contents[at]!;
      const found = statSync(blobPath(layout, sha256), { throwIfNoEntry: false });
      if (found) present.push({ sha256, bytes: found.size });
      else if (typeof content === 'string') throw missingBlob(sha256);
      else present.push(await blobs.put(content));
    }
    return write(transaction, present);
  });
};

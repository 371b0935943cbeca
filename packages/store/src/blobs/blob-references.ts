import { statSync } from 'node:fs';
import { RegraftError } from '@regraft/errors';
import type { Kysely, Transaction } from 'kysely';
import type { BlobReferenceView, Schema } from '../database/schema.js';
import type { StoreContext } from '../store-context.js';
import type { StoreLayout } from '../store-layout.js';
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

const sizeOf = (layout: StoreLayout, sha256: string): number | undefined =>
  statSync(blobPath(layout, sha256), { throwIfNoEntry: false })?.size;

/**
 * Puts contents into the store and writes what refers to them, so that no reference ever lacks its blob.
 *
 * A reference is written under the write lock after its blob was seen there, and a blob is removed under the write
 * lock after no reference was seen: so content that somebody removes between put and write is put again.
 * Throws 'record-not-found' for the hash of a blob that is not there.
 */
export const writeWithBlobs = async <Result>(
  context: StoreContext,
  contents: readonly BlobContent[],
  write: (transaction: Transaction<Schema>, blobs: readonly BlobFacts[]) => Promise<Result>,
): Promise<Result> => {
  const { layout, database } = context;
  const blobs = createBlobStore(context);
  for (;;) {
    const hashes: string[] = [];
    for (const content of contents) {
      hashes.push(typeof content === 'string' ? content : (await blobs.put(content)).sha256);
    }
    const outcome = await database.transaction().execute(async (transaction) => {
      const sizes = hashes.map((sha256) => sizeOf(layout, sha256));
      const missing = sizes.indexOf(undefined);
      if (missing === -1) {
        return {
          result: await write(
            transaction,
            hashes.map((sha256, at) => ({ sha256, bytes: sizes[at]! })),
          ),
        };
      }
      if (typeof contents[missing] !== 'string') return null;
      throw new RegraftError({
        code: 'record-not-found',
        message: `A blob must be in the store to be referred to. Received: ${hashes[missing]}`,
        details: { sha256: hashes[missing] },
      });
    });
    if (outcome) return outcome.result;
  }
};

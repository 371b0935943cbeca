import { renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Transaction } from 'kysely';
import type { Schema } from '../database/schema.js';
import { isMissing } from '../files/translate-file-error.js';
import type { StoreLayout } from '../store-layout.js';
import { listBlobReferences } from './blob-references.js';
import { blobPath } from './blob-store.js';

/**
 * Removes a blob that nothing refers to and that nobody has put since a time (milliseconds since 1970); returns its bytes, or null where it
 * stays. The transaction must hold the write lock, so that no reference can appear meanwhile.
 */
export const removeBlob = async (
  transaction: Transaction<Schema>,
  layout: StoreLayout,
  sha256: string,
  putBefore: number,
): Promise<number | null> => {
  if ((await listBlobReferences(transaction, sha256)).length > 0) return null;
  const path = blobPath(layout, sha256);
  const aside = join(layout.temporary, `removed-${sha256}`);
  try {
    if (statSync(path).mtimeMs >= putBefore) return null;
    renameSync(path, aside);
    const { mtimeMs, size } = statSync(aside);
    if (mtimeMs < putBefore) {
      rmSync(aside);
      return size;
    }
    // Put again between the look and the move: whoever put it counts on it.
    renameSync(aside, path);
    return null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
};

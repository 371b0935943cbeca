import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listBlobReferences } from '../blobs/blob-references.js';
import { blobPath } from '../blobs/blob-store.js';
import type { BlobReferenceView } from '../database/schema.js';
import { hashFile } from '../files/hash-file.js';
import { makeFolder } from '../files/make-folder.js';
import { isMissing } from '../files/translate-file-error.js';
import type { StoreContext } from '../store-context.js';
import type { StoreProblem } from './store-report.js';

const sufferers = (references: readonly BlobReferenceView[]): string =>
  references.length === 0
    ? 'nothing refers to it'
    : `needed by ${references.map(({ holder }) => holder).join(', ')}`;

/** A run without its checkpoint can start anew, so that reference may go; others stay as the record of what is lost. */
const dropCheckpoints = async ({ database }: StoreContext, sha256: string): Promise<void> => {
  await database
    .updateTable('runs')
    .set({ checkpoint: null, checkpoint_details: null })
    .where('checkpoint', '=', sha256)
    .execute();
};

/**
 * Hashes a blob anew. A repair moves a corrupt one to the quarantine, so that the same content can be put again.
 * Returns its bytes, and the problem if there is one.
 */
export const checkBlob = async (
  context: StoreContext,
  sha256: string,
  repair: boolean,
): Promise<{ bytes: number; problem?: StoreProblem }> => {
  const { layout, database } = context;
  const path = blobPath(layout, sha256);
  try {
    const found = await hashFile(path);
    if (found.sha256 === sha256) return { bytes: found.bytes };
    const references = await listBlobReferences(database, sha256);
    if (repair) {
      await makeFolder(layout.quarantine);
      await rename(path, join(layout.quarantine, sha256));
    }
    const what = `The content of blob ${sha256} is not what was put there: ${sufferers(references)}.`;
    return {
      bytes: found.bytes,
      problem: { kind: 'blob-corrupt', what, repaired: repair && references.length === 0 },
    };
  } catch (error) {
    // Removed since it was listed: whoever needs it is found by the references.
    if (isMissing(error)) return { bytes: 0 };
    throw error;
  }
};

const exists = async (path: string): Promise<boolean> => {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
};

/** References to blobs that are not there. A repair lets runs forget a checkpoint that is lost. */
export const checkBlobReferences = async (
  context: StoreContext,
  repair: boolean,
): Promise<StoreProblem[]> => {
  const { layout, database } = context;
  const problems: StoreProblem[] = [];
  for (const sha256 of new Set((await listBlobReferences(database)).map(({ blob }) => blob))) {
    if (await exists(blobPath(layout, sha256))) continue;
    // Looked at again, since a run may have let go of it meanwhile.
    const references = await listBlobReferences(database, sha256);
    if (references.length === 0) continue;
    if (repair) await dropCheckpoints(context, sha256);
    problems.push({
      kind: 'blob-missing',
      what: `Blob ${sha256} is not in the store: ${sufferers(references)}.`,
      repaired: repair && references.every(({ run_id }) => run_id !== null),
    });
  }
  return problems;
};

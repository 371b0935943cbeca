import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { listBlobs } from '../blobs/blob-store.js';
import { withFileErrors } from '../files/translate-file-error.js';
import type { StoreContext } from '../store-context.js';
import { storeFailure } from '../store-failure.js';
import { checkBlob, checkBlobReferences } from './check-blobs.js';
import { checkDatabase, checkReferences } from './check-database.js';
import { checkShard } from './check-shards.js';
import { defaultGraceMilliseconds } from './collect-litter.js';
import { findLitter } from './find-litter.js';
import type { Litter, StoreProblem, StoreReport } from './store-report.js';

export interface CheckStoreOptions {
  /** Mend what can be mended. */
  readonly repair?: boolean;
  /** Files that nothing refers to count as litter after this long; an hour unless told. */
  readonly graceMilliseconds?: number;
  readonly signal?: AbortSignal;
  /** Called after each blob and shard, with how many of all are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

const toReport = (
  problems: readonly StoreProblem[],
  litter: readonly Litter[],
  checked: StoreReport['checked'],
): StoreReport => ({ healthy: problems.every(({ repaired }) => repaired), problems, litter, checked });

/**
 * Hashes every blob and shard anew and resolves every reference. Other processes may use the store meanwhile.
 * A repair drops what can be made again, moves what is corrupt to a quarantine, and removes temporary files.
 */
export const checkStore = (context: StoreContext, options: CheckStoreOptions = {}): Promise<StoreReport> => {
  const { layout, database, readOnly } = context;
  const { repair = false, graceMilliseconds = defaultGraceMilliseconds, signal, onProgress } = options;
  return withFileErrors(layout, async () => {
    if (readOnly && repair) throw storeFailure('store-read-only', layout.root);
    const problems = await checkDatabase(database, repair);
    // Of a database that cannot be trusted nothing else can be told.
    if (problems.some(({ repaired }) => !repaired))
      return toReport(problems, [], { blobs: 0, shards: 0, bytes: 0 });
    problems.push(...(await checkReferences(database)));

    const hashes: string[] = [];
    for await (const { sha256 } of listBlobs(layout)) hashes.push(sha256);
    const shards = await database.selectFrom('activation_shards').selectAll().execute();
    const total = hashes.length + shards.length;
    let bytes = 0;
    let done = 0;
    const advance = (): void => {
      signal?.throwIfAborted();
      onProgress?.(++done, total);
    };

    for (const sha256 of hashes) {
      const found = await checkBlob(context, sha256, repair);
      if (found.problem) problems.push(found.problem);
      bytes += found.bytes;
      advance();
    }
    problems.push(...(await checkBlobReferences(context, repair)));
    for (const shard of shards) {
      const problem = await checkShard(context, shard, repair);
      if (problem) problems.push(problem);
      bytes += shard.bytes;
      advance();
    }

    const litter: Litter[] = [];
    for await (const piece of findLitter(context, Date.now() - graceMilliseconds)) {
      if (repair && piece.kind === 'temporary') await rm(join(layout.temporary, piece.name), { force: true });
      else litter.push(piece);
    }
    return toReport(problems, litter, { blobs: hashes.length, shards: shards.length, bytes });
  });
};

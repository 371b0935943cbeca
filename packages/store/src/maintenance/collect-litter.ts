import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { shardPath } from '../activations/shard-file.js';
import { removeBlob } from '../blobs/remove-blob.js';
import { withFileErrors } from '../files/translate-file-error.js';
import type { StoreContext } from '../store-context.js';
import { storeFailure } from '../store-failure.js';
import { findLitter } from './find-litter.js';
import type { CollectedLitter, Litter } from './store-report.js';

export interface CollectLitterOptions {
  /** Only list what would be removed. */
  readonly dryRun?: boolean;
  /** What is younger stays, since a process may be about to refer to it; an hour unless told. */
  readonly graceMilliseconds?: number;
  readonly signal?: AbortSignal;
}

/** How long a file that nothing refers to is left alone. */
export const defaultGraceMilliseconds = 3_600_000;

/** Removes one piece of litter; false where it has become more than that. */
const remove = async (context: StoreContext, { kind, name }: Litter, before: number): Promise<boolean> => {
  const { layout, database } = context;
  if (kind === 'temporary') {
    await rm(join(layout.temporary, name), { force: true, recursive: true });
    return true;
  }
  return database.transaction().execute(async (transaction) => {
    if (kind === 'blob') return (await removeBlob(transaction, layout, name, before)) !== null;
    const row = await transaction
      .selectFrom('activation_shards')
      .select('id')
      .where('file', '=', name)
      .executeTakeFirst();
    if (row) return false;
    await rm(shardPath(layout, name), { force: true, recursive: true });
    return true;
  });
};

/** Removes what nothing refers to, or lists it. Other processes may use the store meanwhile. */
export const collectLitter = (
  context: StoreContext,
  options: CollectLitterOptions = {},
): Promise<CollectedLitter> => {
  const { dryRun = false, graceMilliseconds = defaultGraceMilliseconds, signal } = options;
  return withFileErrors(context.layout, async () => {
    if (context.readOnly && !dryRun) throw storeFailure('store-read-only', context.layout.root);
    const before = Date.now() - graceMilliseconds;
    const removed: Litter[] = [];
    for await (const litter of findLitter(context, before)) {
      signal?.throwIfAborted();
      if (dryRun || (await remove(context, litter, before))) removed.push(litter);
    }
    return { removed, bytes: removed.reduce((sum, { bytes }) => sum + bytes, 0) };
  });
};

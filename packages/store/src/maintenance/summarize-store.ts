import { statSync } from 'node:fs';
import type { Kysely } from 'kysely';
import { cacheBytes } from '../activations/evict-shards.js';
import { listBlobs } from '../blobs/blob-store.js';
import type { Schema } from '../database/schema.js';
import { withFileErrors } from '../files/translate-file-error.js';
import type { StoreContext } from '../store-context.js';

/** How much is in a store. Sizes are in bytes. */
export interface StoreSummary {
  readonly datasets: number;
  readonly runs: number;
  readonly events: number;
  readonly versions: number;
  readonly aliases: number;
  readonly evaluations: number;
  readonly blobs: { readonly count: number; readonly bytes: number };
  readonly activations: { readonly rows: number; readonly bytes: number };
  readonly databaseBytes: number;
}

const count = async (database: Kysely<Schema>, table: keyof Schema): Promise<number> => {
  const { total } = await database
    .selectFrom(table)
    .select((expression) => expression.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};

/** Counts and sizes of all that a store holds. */
export const summarizeStore = ({ layout, database }: StoreContext): Promise<StoreSummary> =>
  withFileErrors(layout, async () => {
    const blobs = { count: 0, bytes: 0 };
    for await (const { bytes } of listBlobs(layout)) {
      blobs.count++;
      blobs.bytes += bytes;
    }
    return {
      datasets: await count(database, 'datasets'),
      runs: await count(database, 'runs'),
      events: await count(database, 'events'),
      versions: await count(database, 'versions'),
      aliases: await count(database, 'aliases'),
      evaluations: await count(database, 'evaluations'),
      blobs,
      activations: { rows: await count(database, 'activation_rows'), bytes: await cacheBytes(database) },
      databaseBytes: statSync(layout.database).size,
    };
  });

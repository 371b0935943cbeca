import { sql } from '../database/kysely.js';
import type { StoreContext } from '../store-context.js';

/** Marks shards as used now. Best effort: reading must not fail where only this note cannot be written. */
export const touchShards = async (context: StoreContext, shardIds: Iterable<number>): Promise<void> => {
  const { database, readOnly } = context;
  const ids = [...shardIds];
  if (readOnly || ids.length === 0) return;
  await database
    .updateTable('activation_shards')
    .set({ last_used_at: Date.now() })
    .where('id', 'in', sql<number>`(select value from json_each(${JSON.stringify(ids)}))`)
    .execute()
    .catch(() => {});
};

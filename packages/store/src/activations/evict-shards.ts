import { rm } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import { sql } from '../database/kysely.js';
import type { Schema } from '../database/schema.js';
import type { StoreContext } from '../store-context.js';
import { shardPath } from './shard-file.js';

/** Bytes of all shards. */
export const cacheBytes = async (database: Kysely<Schema>): Promise<number> => {
  const { bytes } = await database
    .selectFrom('activation_shards')
    .select(sql<number>`coalesce(sum(bytes), 0)`.as('bytes'))
    .executeTakeFirstOrThrow();
  return bytes;
};

/** Removes the shards used longest ago until the cache keeps to its limit; returns how many rows went. */
export const evictShards = async (context: StoreContext, limit: number): Promise<number> => {
  const { database, layout } = context;
  if ((await cacheBytes(database)) <= limit) return 0;
  const evicted = await database.transaction().execute(async (transaction) => {
    let bytes = await cacheBytes(transaction);
    const oldestFirst = await transaction
      .selectFrom('activation_shards')
      .select(['id', 'file', 'bytes', 'rows'])
      .orderBy('last_used_at')
      .orderBy('id')
      .execute();
    const chosen = oldestFirst.filter((shard) => {
      const needed = bytes > limit;
      if (needed) bytes -= shard.bytes;
      return needed;
    });
    for (const { id } of chosen)
      await transaction.deleteFrom('activation_shards').where('id', '=', id).execute();
    return chosen;
  });
  // Rows first, files after: a kill in between leaves files that nothing refers to, for `gc`.
  for (const { file } of evicted) await rm(shardPath(layout, file), { force: true });
  return evicted.reduce((sum, { rows }) => sum + rows, 0);
};

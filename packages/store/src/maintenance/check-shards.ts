import { rm } from 'node:fs/promises';
import type { Selectable } from 'kysely';
import { bytesPerValue, shardPath } from '../activations/shard-file.js';
import { sql } from '../database/kysely.js';
import type { ActivationShardTable } from '../database/schema.js';
import { hashFile } from '../files/hash-file.js';
import { isMissing } from '../files/translate-file-error.js';
import type { StoreContext } from '../store-context.js';
import type { StoreProblem } from './store-report.js';

type Shard = Selectable<ActivationShardTable>;

const findFault = async (
  context: StoreContext,
  shard: Shard,
): Promise<Pick<StoreProblem, 'kind' | 'what'> | null> => {
  const { database, layout } = context;
  try {
    const { sha256 } = await hashFile(shardPath(layout, shard.file));
    const { last, row_length } = await database
      .selectFrom('activation_spaces')
      .leftJoin('activation_rows', (join) => join.on('activation_rows.shard_id', '=', shard.id))
      .select(['row_length', sql<number>`coalesce(max(position), 0)`.as('last')])
      .where('activation_spaces.id', '=', shard.space_id)
      .executeTakeFirstOrThrow();
    const whole = shard.bytes === shard.rows * row_length * bytesPerValue && last < shard.rows;
    if (sha256 === shard.sha256 && whole) return null;
    return { kind: 'shard-corrupt', what: `Cached activations ${shard.file} are not what was written.` };
  } catch (error) {
    if (!isMissing(error)) throw error;
    return { kind: 'shard-missing', what: `Cached activations ${shard.file} are not there.` };
  }
};

/** Hashes a shard anew. A repair drops a damaged one: what it held is computed again when it is needed. */
export const checkShard = async (
  context: StoreContext,
  shard: Shard,
  repair: boolean,
): Promise<StoreProblem | null> => {
  const { database, layout } = context;
  const fault = await findFault(context, shard);
  if (fault === null) return null;
  // Evicted since it was listed: then its file is rightly gone.
  const row = await database
    .selectFrom('activation_shards')
    .select('id')
    .where('id', '=', shard.id)
    .executeTakeFirst();
  if (!row) return null;
  if (repair) {
    await database.deleteFrom('activation_shards').where('id', '=', shard.id).execute();
    await rm(shardPath(layout, shard.file), { force: true });
  }
  return { ...fault, repaired: repair };
};

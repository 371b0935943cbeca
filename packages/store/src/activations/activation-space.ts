import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { sql } from '../database/kysely.js';
import { publishFile, writeTemporaryFile } from '../files/temporary-file.js';
import { withFileErrors } from '../files/translate-file-error.js';
import type { StoreContext } from '../store-context.js';
import { storeFailure } from '../store-failure.js';
import { type ActivationReader, openActivationReader } from './activation-reader.js';
import { evictShards } from './evict-shards.js';
import { shardPath } from './shard-file.js';
import { touchShards } from './touch-shards.js';

export interface ActivationRow {
  /** sha256 of the image, hex. */
  readonly key: string;
  /** As many values as a row of the space has. */
  readonly values: Float32Array;
}

/** The rows of one trunk over one kind of input, by image. */
export interface ActivationSpace {
  readonly rowLength: number;
  /**
   * Those of the keys that have no row, each once, in the order given. Marks the rows of the others as used, so that
   * appending what is missing evicts them last.
   */
  missing(keys: readonly string[]): Promise<string[]>;
  /**
   * Stores rows durably as one shard: best a few hundred at once. A key that has a row keeps it. May evict rows that
   * were used longest ago, in this space or another.
   */
  append(rows: readonly ActivationRow[]): Promise<void>;
  /** A reader over keys, all of which must have a row ('record-not-found'). Marks the rows as used. */
  reader(keys: readonly string[]): Promise<ActivationReader>;
}

export interface ActivationSpaceFacts {
  readonly id: number;
  readonly rowLength: number;
  readonly limit: number;
}

const keysPerQuery = 10_000;

const assertRows = (rows: readonly ActivationRow[], rowLength: number): void => {
  for (const { values } of rows) {
    if (values.length !== rowLength) {
      throw new RangeError(`A row of this space must have ${rowLength} values. Received: ${values.length}`);
    }
  }
};

const bytesOf = ({ values }: ActivationRow): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** One space of a store's activation cache. */
export const createActivationSpace = (
  context: StoreContext,
  facts: ActivationSpaceFacts,
): ActivationSpace => {
  const { database, layout, readOnly } = context;
  const { id: spaceId, rowLength, limit } = facts;

  /** Indexes a shard; false where every one of its rows was there already. */
  const index = (
    rows: readonly ActivationRow[],
    shard: { file: string; bytes: number; sha256: string },
  ): Promise<boolean> =>
    database.transaction().execute(async (transaction) => {
      if (!statSync(shardPath(layout, shard.file), { throwIfNoEntry: false })) {
        throw storeFailure('store-not-found', layout.root);
      }
      const { insertId } = await transaction
        .insertInto('activation_shards')
        .values({ ...shard, space_id: spaceId, rows: rows.length, last_used_at: Date.now() })
        .executeTakeFirstOrThrow();
      const shardId = Number(insertId);
      const keys = JSON.stringify(rows.map(({ key }) => key));
      const { numAffectedRows = 0n } = await sql`
        insert into activation_rows (space_id, key, shard_id, position)
        select ${spaceId}, unhex(value), ${shardId}, key from json_each(${keys}) where true
        on conflict do nothing`.execute(transaction);
      if (numAffectedRows > 0n) return true;
      await transaction.deleteFrom('activation_shards').where('id', '=', shardId).execute();
      return false;
    });

  return {
    rowLength,

    missing: async (keys) => {
      const distinct = [...new Set(keys)];
      const missing: string[] = [];
      const used = new Set<number>();
      for (let start = 0; start < distinct.length; start += keysPerQuery) {
        const page = JSON.stringify(distinct.slice(start, start + keysPerQuery));
        const { rows } = await sql<{ key: string; shard: number | null }>`
          select wanted.value as key, shard_id as shard from json_each(${page}) as wanted
          left join activation_rows on space_id = ${spaceId} and activation_rows.key = unhex(wanted.value)
          order by wanted.key`.execute(database);
        for (const { key, shard } of rows) {
          if (shard === null) missing.push(key);
          else used.add(shard);
        }
      }
      await touchShards(context, used);
      return missing;
    },

    append: async (rows) => {
      if (rows.length === 0) return;
      assertRows(rows, rowLength);
      if (readOnly) throw storeFailure('store-read-only', layout.root);
      await withFileErrors(layout, async () => {
        const temporary = await writeTemporaryFile(layout.temporary, rows.map(bytesOf));
        const shard = { file: `${randomUUID()}.f32`, bytes: temporary.bytes, sha256: temporary.sha256 };
        const path = shardPath(layout, shard.file);
        await publishFile(temporary, path);
        let indexed = false;
        try {
          indexed = await index(rows, shard);
        } finally {
          if (!indexed) await rm(path, { force: true });
        }
      });
      await evictShards(context, limit);
    },

    reader: (keys) => openActivationReader(context, facts, keys),
  };
};

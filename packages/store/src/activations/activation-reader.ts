import { existsSync } from 'node:fs';
import { RegraftError } from '@regraft/errors';
import { sql } from '../database/kysely.js';
import { isMissing, withFileErrors } from '../files/translate-file-error.js';
import type { StoreContext } from '../store-context.js';
import type { ActivationSpaceFacts } from './activation-space.js';
import { OpenFiles } from './open-files.js';
import { planReads, type ReadRange, type RowRead } from './plan-reads.js';
import { bytesPerValue, shardPath } from './shard-file.js';
import { touchShards } from './touch-shards.js';

/** Reads rows by their place among the reader's keys. */
export interface ActivationReader {
  /** Count of keys. */
  readonly size: number;
  readonly rowLength: number;
  /**
   * Reads the rows at these places into `into`, one after another. Throws 'store-corrupt' where a shard is damaged, or
   * was evicted and its file could not be kept open.
   */
  read(indices: readonly number[], into: Float32Array): Promise<void>;
  close(): Promise<void>;
}

const keysPerQuery = 10_000;
const openFilesLimit = 64;
/** Shards read at the same time: bounds memory to this many ranges. */
const shardsAtOnce = 8;
/** One read takes at most this much, unless a single row is larger. */
const rangeBytes = 2 * 1024 * 1024;
/** Reading over a gap of this size costs less than another call. */
const gapBytes = 16 * 1024;
/** How often a long-lived reader says that its rows are in use, so that others are evicted before them. */
const touchMilliseconds = 60_000;

interface Shard {
  readonly id: number;
  readonly path: string;
}

const locateRows = async (context: StoreContext, spaceId: number, keys: readonly string[]) => {
  const { database, layout } = context;
  const shards: Shard[] = [];
  const placeOfShard = new Map<number, number>();
  const shardOfKey = new Int32Array(keys.length).fill(-1);
  const positionOfKey = new Int32Array(keys.length);
  for (let start = 0; start < keys.length; start += keysPerQuery) {
    const page = JSON.stringify(keys.slice(start, start + keysPerQuery));
    // 'cross join' makes SQLite go from the keys to the index, in this order.
    const { rows } = await sql<{ at: number; shard: number; position: number; file: string }>`
      select wanted.key as at, shard_id as shard, position, file
      from json_each(${page}) as wanted
      cross join activation_rows on activation_rows.space_id = ${spaceId} and activation_rows.key = unhex(wanted.value)
      cross join activation_shards on activation_shards.id = shard_id`.execute(database);
    for (const { at, shard, position, file } of rows) {
      let place = placeOfShard.get(shard);
      if (place === undefined) {
        place = shards.push({ id: shard, path: shardPath(layout, file) }) - 1;
        placeOfShard.set(shard, place);
      }
      shardOfKey[start + at] = place;
      positionOfKey[start + at] = position;
    }
  }
  return { shards, shardOfKey, positionOfKey };
};

const damaged = (shard: Shard, reason: string): RegraftError =>
  new RegraftError({
    code: 'store-corrupt',
    message: `Cached activations must stay while they are read. Received: ${shard.path}, ${reason}`,
    hint: 'Run the command again: it computes what is missing. If this repeats, raise REGRAFT_CACHE_LIMIT (bytes) or run `regraft store check`.',
    details: { shard: shard.path },
  });

/** A reader over keys of a space, which it marks as used. */
export const openActivationReader = async (
  context: StoreContext,
  { id: spaceId, rowLength }: ActivationSpaceFacts,
  keys: readonly string[],
): Promise<ActivationReader> => {
  const { layout } = context;
  const { shards, shardOfKey, positionOfKey } = await locateRows(context, spaceId, keys);
  const missing = shardOfKey.indexOf(-1);
  if (missing !== -1) {
    throw new RegraftError({
      code: 'record-not-found',
      message: `Every key of a reader must have a row. Received: ${keys[missing]}, which has none`,
      hint: 'Append the rows of `missing(keys)` first. Where that was done, the cache is too small for them: raise REGRAFT_CACHE_LIMIT (bytes).',
      details: { key: keys[missing] },
    });
  }

  const files = new OpenFiles(openFilesLimit);
  const rowBytes = rowLength * bytesPerValue;
  const limits = {
    gap: Math.floor(gapBytes / rowBytes),
    length: Math.max(1, Math.floor(rangeBytes / rowBytes)),
  };
  let touchedAt = 0;

  const touch = async (): Promise<void> => {
    const now = Date.now();
    if (now - touchedAt < touchMilliseconds) return;
    touchedAt = now;
    await touchShards(
      context,
      shards.map(({ id }) => id),
    );
  };

  const readRange = async (shard: Shard, range: ReadRange, into: Float32Array): Promise<void> => {
    const bytes = new Uint8Array((range.end - range.start) * rowBytes);
    const { bytesRead } = await files.use(shard.path, (file) =>
      file.read(bytes, 0, bytes.byteLength, range.start * rowBytes),
    );
    if (bytesRead < bytes.byteLength) throw damaged(shard, 'shorter than it was');
    const values = new Float32Array(bytes.buffer);
    for (const { position, place } of range.rows) {
      const start = (position - range.start) * rowLength;
      into.set(values.subarray(start, start + rowLength), place * rowLength);
    }
  };

  const readShard = async (shard: Shard, wanted: readonly RowRead[], into: Float32Array): Promise<void> => {
    try {
      for (const range of planReads(wanted, limits)) await readRange(shard, range, into);
    } catch (error) {
      if (isMissing(error) && existsSync(layout.database)) throw damaged(shard, 'which is gone');
      throw error;
    }
  };

  await touch();
  return {
    size: keys.length,
    rowLength,
    read: async (indices, into) => {
      if (into.length < indices.length * rowLength) {
        throw new RangeError(
          `Rows must fit: ${indices.length} of ${rowLength} values. Received: room for ${into.length}`,
        );
      }
      const wanted = new Map<number, RowRead[]>();
      for (const [place, index] of indices.entries()) {
        const shard = shardOfKey[index];
        if (shard === undefined)
          throw new RangeError(`An index must be below ${keys.length}. Received: ${index}`);
        const rows = wanted.get(shard);
        const row = { position: positionOfKey[index]!, place };
        if (rows) rows.push(row);
        else wanted.set(shard, [row]);
      }
      await touch();
      const groups = [...wanted];
      await withFileErrors(layout, async () => {
        for (let start = 0; start < groups.length; start += shardsAtOnce) {
          const some = groups.slice(start, start + shardsAtOnce);
          await Promise.all(some.map(([shard, rows]) => readShard(shards[shard]!, rows, into)));
        }
      });
    },
    close: () => files.close(),
  };
};

import type { ActivationRow, ActivationSpace } from '@regraft/store';

const shardRows = 256;
const shardBytes = 16 * 1024 * 1024;

/** Collects rows and appends them to a space, many at once. */
export interface ShardWriter {
  /** Takes a row; waits while a full shard is being written and the next is full. */
  add(row: ActivationRow): Promise<void>;
  /** Writes what is left. */
  flush(): Promise<void>;
}

/** Holds two shards at most: one that is written while the other fills. */
export const createShardWriter = (space: Pick<ActivationSpace, 'append'>): ShardWriter => {
  let rows: ActivationRow[] = [];
  let bytes = 0;
  let writing: Promise<void> = Promise.resolve();

  const isFull = (): boolean => rows.length >= shardRows || bytes >= shardBytes;

  const write = (): void => {
    const shard = rows;
    rows = [];
    bytes = 0;
    writing = space.append(shard);
    // Whoever waits next is told; until then a failure must not end the process as unhandled.
    writing.catch(() => undefined);
  };

  return {
    add: async (row) => {
      rows.push(row);
      bytes += row.values.byteLength;
      if (!isFull()) return;
      await writing;
      if (isFull()) write();
    },
    flush: async () => {
      await writing;
      if (rows.length > 0) write();
      await writing;
    },
  };
};

import { decodeJson, encodeJson } from '../database/json-column.js';
import { sql } from '../database/kysely.js';
import type { StoreContext } from '../store-context.js';

/** A file as it stands on the disk. */
export interface FileStamp {
  /** Absolute. */
  readonly path: string;
  /** Any text that changes whenever the file does. */
  readonly stamp: string;
}

/** A file and what was learned of it. */
export interface KnownFile extends FileStamp {
  readonly facts: unknown;
}

/** What was learned of files outside the store, so that one that has not changed need not be read again. */
export interface KnownFileStore {
  /** The facts of each file, in the order given; undefined where it is unknown or has changed. */
  recall(files: readonly FileStamp[]): Promise<unknown[]>;
  /** Keeps facts, in the place of older ones. Beyond half a million files those seen longest ago are forgotten. */
  remember(files: readonly KnownFile[]): Promise<void>;
}

const chunkSize = 1000;
const day = 86_400_000;

const inChunks = async <Item>(items: readonly Item[], work: (chunk: readonly Item[]) => Promise<void>) => {
  for (let start = 0; start < items.length; start += chunkSize)
    await work(items.slice(start, start + chunkSize));
};

/** The known files of a store; `limit` says how many it keeps. */
export const createKnownFileStore = (
  { database, readOnly }: StoreContext,
  limit = 500_000,
): KnownFileStore => ({
  recall: async (files) => {
    const recalled: unknown[] = [];
    await inChunks(files, async (chunk) => {
      const paths = chunk.map(({ path }) => path);
      const rows = await database.selectFrom('known_files').selectAll().where('path', 'in', paths).execute();
      const known = new Map(rows.map((row) => [row.path, row]));
      for (const { path, stamp } of chunk) {
        const row = known.get(path);
        recalled.push(row?.stamp === stamp ? decodeJson(row.facts) : undefined);
      }
      const now = Date.now();
      if (readOnly || rows.every(({ seen_at }) => seen_at > now - day)) return;
      await database.updateTable('known_files').set({ seen_at: now }).where('path', 'in', paths).execute();
    });
    return recalled;
  },

  remember: async (files) => {
    if (files.length === 0) return;
    await inChunks(files, async (chunk) => {
      const seen_at = Date.now();
      await database
        .insertInto('known_files')
        .values(chunk.map(({ path, stamp, facts }) => ({ path, stamp, facts: encodeJson(facts), seen_at })))
        .onConflict((conflict) =>
          conflict.column('path').doUpdateSet(({ ref }) => ({
            stamp: ref('excluded.stamp'),
            facts: ref('excluded.facts'),
            seen_at: ref('excluded.seen_at'),
          })),
        )
        .execute();
    });
    await sql`delete from known_files where path in (
      select path from known_files order by seen_at desc, path limit -1 offset ${limit}
    )`.execute(database);
  },
});

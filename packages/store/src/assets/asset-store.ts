import type { Selectable } from 'kysely';
import { type BlobContent, writeWithBlobs } from '../blobs/blob-references.js';
import { decodeJson, encodeJson } from '../database/json-column.js';
import type { AssetTable } from '../database/schema.js';
import type { StoreContext } from '../store-context.js';

/** A blob that is kept under a name, such as the weights of a backbone that was fetched. */
export interface Asset {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly details: unknown;
  readonly createdAt: Date;
}

export interface AssetStore {
  /** Keeps content under a name, in the place of what had it. */
  set(name: string, content: BlobContent, details?: unknown): Promise<Asset>;
  /** The asset of a name, if there is one. */
  find(name: string): Promise<Asset | undefined>;
  /** All, in order of name. */
  list(): Promise<Asset[]>;
  /** Lets go of a name: `gc` then removes its content. False where there was none. */
  delete(name: string): Promise<boolean>;
}

const readAsset = (row: Selectable<AssetTable>): Asset => ({
  name: row.name,
  sha256: row.blob,
  bytes: row.bytes,
  details: decodeJson(row.details),
  createdAt: new Date(row.created_at),
});

/** The assets of a store. */
export const createAssetStore = (context: StoreContext): AssetStore => ({
  set: (name, content, details = null) =>
    writeWithBlobs(context, [content], async (transaction, [blob]) => {
      const values = {
        blob: blob!.sha256,
        bytes: blob!.bytes,
        details: encodeJson(details),
        created_at: Date.now(),
      };
      const row = await transaction
        .insertInto('assets')
        .values({ name, ...values })
        .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
        .returningAll()
        .executeTakeFirstOrThrow();
      return readAsset(row);
    }),

  find: async (name) => {
    const row = await context.database
      .selectFrom('assets')
      .selectAll()
      .where('name', '=', name)
      .executeTakeFirst();
    return row && readAsset(row);
  },

  list: async () =>
    (await context.database.selectFrom('assets').selectAll().orderBy('name').execute()).map(readAsset),

  delete: async (name) => {
    const { numDeletedRows } = await context.database
      .deleteFrom('assets')
      .where('name', '=', name)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  },
});

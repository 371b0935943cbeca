import { RegraftError } from '@regraft/errors';
import type { StoreContext } from '../store-context.js';
import { type ActivationSpace, createActivationSpace } from './activation-space.js';
import { cacheBytes } from './evict-shards.js';

export interface OpenActivationSpaceOptions {
  /** sha256 (hex) of all that decides the rows: backbone, cut, preprocessing, view. */
  readonly space: string;
  /** Float32 values in a row. */
  readonly rowLength: number;
}

/** What frozen trunks made of images, kept so that nothing frozen is computed twice. */
export interface ActivationCache {
  /** Bytes that the cache may take; beyond them the rows used longest ago go. */
  readonly limit: number;
  /** Bytes that the cache takes now. */
  size(): Promise<number>;
  /** Throws 'record-conflict' where the space has rows of another length. */
  open(options: OpenActivationSpaceOptions): Promise<ActivationSpace>;
}

/** The activation cache of a store. */
export const createActivationCache = (context: StoreContext, limit: number): ActivationCache => ({
  limit,

  size: () => cacheBytes(context.database),

  open: async ({ space, rowLength }) => {
    const { database, readOnly } = context;
    const find = () =>
      database.selectFrom('activation_spaces').selectAll().where('name', '=', space).executeTakeFirst();
    let row = await find();
    if (!row && !readOnly) {
      await database
        .insertInto('activation_spaces')
        .values({ name: space, row_length: rowLength })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      row = await find();
    }
    if (row && row.row_length !== rowLength) {
      throw new RegraftError({
        code: 'record-conflict',
        message: `The rows of one activation space must have one length. Received: ${rowLength} values for ${space}, whose rows have ${row.row_length}`,
        hint: 'Let everything that decides the rows enter the name of the space.',
      });
    }
    return createActivationSpace(context, { id: row?.id ?? 0, rowLength, limit });
  },
});

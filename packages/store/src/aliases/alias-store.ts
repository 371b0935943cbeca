import { nearestNames, RegraftError } from '@regraft/errors';
import type { Kysely } from 'kysely';
import { decodeJson } from '../database/json-column.js';
import type { Schema } from '../database/schema.js';
import { assertName } from '../names.js';
import type { StoreContext } from '../store-context.js';
import { resolveVersion } from '../versions/resolve-version.js';
import { versionId } from '../versions/version.js';
import { type AliasMoveReason, recordAliasMove } from './record-alias-move.js';

/** A movable name for a version. */
export interface Alias {
  readonly name: string;
  /** Id of the version. */
  readonly version: string;
  readonly updatedAt: Date;
}

export interface AliasMove {
  readonly name: string;
  /** Ids of versions, which may be deleted since; null where the alias was made or deleted. */
  readonly from: string | null;
  readonly to: string | null;
  readonly at: Date;
  readonly by: string;
  /** Why, in words; null where nobody said. */
  readonly note: string | null;
  /** What was measured before it moved; null where nothing was. */
  readonly evidence: unknown;
}

export interface SetAliasOptions extends AliasMoveReason {
  /** Only if it stands at this version (null: nowhere) now; else 'record-conflict'. */
  readonly from?: string | null;
}

export interface AliasStore {
  /** Points an alias, new or not, to a version. `by` is the user of this process unless told. */
  set(name: string, reference: string, options?: SetAliasOptions): Promise<Alias>;
  /** Throws 'record-not-found' with the nearest names. */
  delete(name: string, options?: { readonly by?: string }): Promise<void>;
  /** All, in order of name. */
  list(): Promise<Alias[]>;
  /** Every move of one alias, or of all, newest first. */
  history(name?: string): Promise<AliasMove[]>;
}

const currentVersion = async (database: Kysely<Schema>, name: string): Promise<number | null> => {
  const row = await database
    .selectFrom('aliases')
    .select('version_id')
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.version_id ?? null;
};

const assertUnmoved = (name: string, now: string | null, expected: string | null): void => {
  if (now === expected) return;
  throw new RegraftError({
    code: 'record-conflict',
    message: `An alias must stand where it did when the work on it began. Received: ${name} at ${now ?? 'no version'}, not at ${expected ?? 'none'}`,
    hint: 'Somebody moved it meanwhile. Do it again.',
  });
};

const optionalVersionId = (number: number | null): string | null =>
  number === null ? null : versionId(number);

/** The aliases of a store. */
export const createAliasStore = ({ database }: StoreContext): AliasStore => ({
  set: (name, reference, { from: expected, ...reason } = {}) =>
    database.transaction().execute(async (transaction) => {
      assertName('alias', name);
      const { id } = await resolveVersion(transaction, reference);
      const from = await currentVersion(transaction, name);
      if (expected !== undefined) assertUnmoved(name, optionalVersionId(from), expected);
      const updatedAt = Date.now();
      if (from !== id) {
        const moved = { version_id: id, updated_at: updatedAt };
        await transaction
          .insertInto('aliases')
          .values({ name, ...moved })
          .onConflict((conflict) => conflict.column('name').doUpdateSet(moved))
          .execute();
        await recordAliasMove(transaction, name, from, id, reason);
      }
      return { name, version: versionId(id), updatedAt: new Date(updatedAt) };
    }),

  delete: (name, { by } = {}) =>
    database.transaction().execute(async (transaction) => {
      const from = await currentVersion(transaction, name);
      if (from === null) {
        const known = await transaction.selectFrom('aliases').select('name').execute();
        const near = nearestNames(
          name,
          known.map((alias) => alias.name),
        );
        throw new RegraftError({
          code: 'record-not-found',
          message: `An alias must be in the store to be deleted. Received: ${name}`,
          ...(near.length > 0 ? { hint: `Did you mean ${near.join(', ')}?` } : {}),
        });
      }
      await transaction.deleteFrom('aliases').where('name', '=', name).execute();
      await recordAliasMove(transaction, name, from, null, by === undefined ? {} : { by });
    }),

  list: async () => {
    const rows = await database.selectFrom('aliases').selectAll().orderBy('name').execute();
    return rows.map(({ name, version_id, updated_at }) => ({
      name,
      version: versionId(version_id),
      updatedAt: new Date(updated_at),
    }));
  },

  history: async (name) => {
    const all = database.selectFrom('alias_moves').selectAll().orderBy('id', 'desc');
    const rows = await (name === undefined ? all : all.where('name', '=', name)).execute();
    return rows.map((row) => ({
      name: row.name,
      from: optionalVersionId(row.from_version_id),
      to: optionalVersionId(row.to_version_id),
      at: new Date(row.at),
      by: row.by,
      note: row.note,
      evidence: decodeJson(row.evidence),
    }));
  },
});

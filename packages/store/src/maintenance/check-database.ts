import { RegraftError } from '@regraft/errors';
import type { Kysely } from 'kysely';
import { sql } from '../database/kysely.js';
import type { Schema } from '../database/schema.js';
import type { StoreProblem } from './store-report.js';

const findDamage = async (database: Kysely<Schema>): Promise<string[]> => {
  try {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(database);
    return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  } catch (error) {
    // SQLite may stop at damage instead of listing it.
    if (RegraftError.isInstance(error) && error.code === 'store-corrupt') return [error.message];
    throw error;
  }
};

/** Best effort: SQLite may refuse on what is damaged beyond its indexes. */
const rebuildIndexes = (database: Kysely<Schema>): Promise<unknown> =>
  database
    .transaction()
    .execute((transaction) => sql`reindex`.execute(transaction))
    .catch(() => {});

/** Lets SQLite verify its own file; a repair builds its indexes anew, the one thing that can be mended there. */
export const checkDatabase = async (database: Kysely<Schema>, repair: boolean): Promise<StoreProblem[]> => {
  const before = await findDamage(database);
  if (before.length === 0) return [];
  let left = before;
  if (repair) {
    await rebuildIndexes(database);
    left = await findDamage(database);
  }
  return before.map((what) => ({
    kind: 'database-damaged',
    what: `The database is damaged: ${what}`,
    repaired: left.length === 0,
  }));
};

interface BrokenReference {
  readonly table: string;
  readonly rowid: number | null;
  readonly parent: string;
}

/** Rows that refer to a row that is not there. */
export const checkReferences = async (database: Kysely<Schema>): Promise<StoreProblem[]> => {
  const { rows } = await sql<BrokenReference>`pragma foreign_key_check`.execute(database);
  return rows.map(({ table, rowid, parent }) => ({
    kind: 'reference-broken',
    what: `Row ${rowid ?? '?'} of ${table} refers to one of ${parent} that is not there.`,
    repaired: false,
  }));
};

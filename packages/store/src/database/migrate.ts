import { RegraftError } from '@regraft/errors';
import type { Kysely } from 'kysely';
import { storeFailure } from '../store-failure.js';
import { sql } from './kysely.js';
import { migrations } from './migrations.js';
import type { Schema } from './schema.js';

/** 'RGFT': tells a store's database from any other SQLite file. */
const applicationId = 0x52474654;

const readPragma = async (
  database: Kysely<Schema>,
  name: 'user_version' | 'application_id',
): Promise<number> => {
  const { rows } = await sql<Record<string, number>>`pragma ${sql.raw(name)}`.execute(database);
  return rows[0]![name]!;
};

const newer = (root: string, found: number): RegraftError =>
  new RegraftError({
    code: 'store-newer',
    message: `A store must not be newer than the program that opens it. Received: ${root}, of schema ${found}; this program knows schemas up to ${migrations.length}`,
    hint: 'Update Regraft, or name another store with --store.',
    details: { store: root, found, known: migrations.length },
  });

/** The schema version of a store's database; refuses a newer one and a database of something else. */
const readSchemaVersion = async (database: Kysely<Schema>, root: string): Promise<number> => {
  const version = await readPragma(database, 'user_version');
  const application = await readPragma(database, 'application_id');
  if (application !== applicationId && (application !== 0 || version !== 0)) {
    throw storeFailure('store-corrupt', root, new Error('store.db is a database of another program'));
  }
  if (version > migrations.length) throw newer(root, version);
  return version;
};

/** Brings a store's database to the latest schema, in one transaction. */
export const migrate = async (database: Kysely<Schema>, root: string): Promise<void> => {
  if ((await readSchemaVersion(database, root)) === migrations.length) return;
  await database.transaction().execute(async (transaction) => {
    const version = await readSchemaVersion(transaction, root);
    for (const statement of migrations.slice(version).flat()) await sql.raw(statement).execute(transaction);
    await sql.raw(`pragma application_id = ${applicationId}`).execute(transaction);
    await sql.raw(`pragma user_version = ${migrations.length}`).execute(transaction);
  });
};

/** Throws where a store's database is of another schema and must not be written. */
export const requireLatestSchema = async (database: Kysely<Schema>, root: string): Promise<void> => {
  const version = await readSchemaVersion(database, root);
  if (version === migrations.length) return;
  throw new RegraftError({
    code: 'store-read-only',
    message: `An older store must be brought up to date before it can be read. Received: ${root}, of schema ${version}; this program reads ${migrations.length}`,
    hint: 'Open it once where it can be written, with any command that writes.',
    details: { store: root, found: version, known: migrations.length },
  });
};

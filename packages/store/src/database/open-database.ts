import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import Libsql from 'libsql';
import { storeFailure } from '../store-failure.js';
import type { StoreLayout } from '../store-layout.js';
import { Kysely } from './kysely.js';
import { libsqlDialect } from './libsql-dialect.js';
import { retryWhileBusy } from './retry-while-busy.js';
import type { Schema } from './schema.js';
import { isCannotOpen, translateDatabaseError } from './translate-database-error.js';

const prepare = (
  connection: Libsql.Database,
  work: (connection: Libsql.Database) => void,
): Libsql.Database => {
  try {
    work(connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
};

/** Readers never wait for the writer, and a commit is on the disk when it returns. */
const connectWritable = (layout: StoreLayout): Libsql.Database =>
  prepare(new Libsql(layout.database), (connection) => {
    connection.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
  });

const connectReadOnly = (layout: StoreLayout): Libsql.Database => {
  const location = `${pathToFileURL(layout.database).href}?mode=ro`;
  try {
    return prepare(new Libsql(location), (connection) => {
      connection.prepare('select 1 from sqlite_master').all();
    });
  } catch (error) {
    const waiting = statSync(`${layout.database}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    // Where nobody can write, SQLite cannot make its shared memory; without a log it needs none.
    if (isCannotOpen(error) && waiting === 0) return new Libsql(`${location}&immutable=1`);
    throw error;
  }
};

/** Throws where the database file is no longer the one that was opened. */
const identityGuard = (layout: StoreLayout): (() => void) => {
  const identity = (): string => {
    const found = statSync(layout.database, { throwIfNoEntry: false });
    return found ? `${found.dev}:${found.ino}` : 'gone';
  };
  const opened = identity();
  return () => {
    if (identity() !== opened) throw storeFailure('store-not-found', layout.root);
  };
};

export interface OpenDatabaseOptions {
  readonly readOnly: boolean;
  readonly busyMilliseconds: number;
}

/** Opens the database of a store; `destroy()` closes it. */
export const openDatabase = async (
  layout: StoreLayout,
  options: OpenDatabaseOptions,
): Promise<Kysely<Schema>> => {
  const { readOnly, busyMilliseconds } = options;
  try {
    const connection = await retryWhileBusy(busyMilliseconds, () =>
      readOnly ? connectReadOnly(layout) : connectWritable(layout),
    );
    const translate = (error: unknown): unknown => translateDatabaseError(error, layout);
    return new Kysely<Schema>({
      dialect: libsqlDialect({ connection, guard: identityGuard(layout), busyMilliseconds, translate }),
    });
  } catch (error) {
    throw translateDatabaseError(error, layout);
  }
};

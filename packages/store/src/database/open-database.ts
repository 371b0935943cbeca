import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Kysely } from 'kysely';
import Libsql from 'libsql';
import { storeFailure } from '../store-failure.js';
import type { StoreLayout } from '../store-layout.js';
import { libsqlDialect } from './libsql-dialect.js';
import type { Schema } from './schema.js';
import { isBusy, isCannotOpen, translateDatabaseError } from './translate-database-error.js';

/** A wait inside SQLite blocks the event loop, so it is short; the rest is waited for outside. */
const blockingMilliseconds = 100;

const connect = (location: string): Libsql.Database =>
  new Libsql(location, { timeout: blockingMilliseconds });

const connectWritable = async (layout: StoreLayout, deadline: number): Promise<Libsql.Database> => {
  const connection = connect(layout.database);
  for (;;) {
    try {
      // Readers never wait for the writer, and a commit is on the disk when it returns.
      connection.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
      return connection;
    } catch (error) {
      if (!isBusy(error) || Date.now() >= deadline) {
        connection.close();
        throw error;
      }
    }
    await sleep(10 + Math.random() * 20);
  }
};

const connectReadOnly = (layout: StoreLayout): Libsql.Database => {
  const location = `${pathToFileURL(layout.database).href}?mode=ro`;
  const connection = connect(location);
  try {
    connection.prepare('select 1 from sqlite_master').all();
    return connection;
  } catch (error) {
    connection.close();
    const waiting = statSync(`${layout.database}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    // Where nobody can write, SQLite cannot make its shared memory; without a log it needs none.
    if (isCannotOpen(error) && waiting === 0) return connect(`${location}&immutable=1`);
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
    const connection = readOnly
      ? connectReadOnly(layout)
      : await connectWritable(layout, Date.now() + busyMilliseconds);
    const translate = (error: unknown): unknown => translateDatabaseError(error, layout);
    return new Kysely<Schema>({
      dialect: libsqlDialect({ connection, guard: identityGuard(layout), busyMilliseconds, translate }),
    });
  } catch (error) {
    throw translateDatabaseError(error, layout);
  }
};

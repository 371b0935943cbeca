import type { DatabaseConnection, Dialect, Driver } from 'kysely';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from './kysely.js';
import { LibsqlConnection, type LibsqlConnectionOptions } from './libsql-connection.js';

class LibsqlDriver implements Driver {
  readonly #connection: LibsqlConnection;
  #last: Promise<void> = Promise.resolve();
  #release: () => void = () => {};

  constructor(options: LibsqlConnectionOptions) {
    this.#connection = new LibsqlConnection(options);
  }

  async init(): Promise<void> {}

  /** One connection, one user at a time, first come first served. */
  async acquireConnection(): Promise<DatabaseConnection> {
    const previous = this.#last;
    const { promise, resolve } = withResolvers();
    this.#last = promise;
    await previous;
    this.#release = resolve;
    return this.#connection;
  }

  beginTransaction(): Promise<void> {
    return this.#connection.begin();
  }

  commitTransaction(): Promise<void> {
    return this.#connection.commit();
  }

  rollbackTransaction(): Promise<void> {
    return this.#connection.rollback();
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  async destroy(): Promise<void> {
    this.#connection.close();
  }
}

const withResolvers = (): { promise: Promise<void>; resolve: () => void } => {
  let resolve = (): void => {};
  const promise = new Promise<void>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
};

/** Kysely over one libsql connection: write transactions from the start, busy retried, errors translated. */
export const libsqlDialect = (options: LibsqlConnectionOptions): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new LibsqlDriver(options),
  createIntrospector: (database) => new SqliteIntrospector(database),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});

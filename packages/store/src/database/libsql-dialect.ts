import { setTimeout as sleep } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type Libsql from 'libsql';
import { isBusy } from './translate-database-error.js';

export interface LibsqlDialectOptions {
  readonly connection: Libsql.Database;
  /** Called before each statement or transaction; throws where the database is gone. */
  readonly guard: () => void;
  /** How long to try again while another process holds the lock. */
  readonly busyMilliseconds: number;
  /** Turns an error of SQLite into what is thrown. */
  readonly translate: (error: unknown) => unknown;
}

/** libsql aborts the whole process on a value that it does not know, so only what it knows may pass. */
const bindable = (value: unknown): unknown => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (value === null || value instanceof Uint8Array) return value;
  throw new TypeError(
    `A value for the database must be text, a number, bytes or null. Received: ${typeof value}`,
  );
};

class LibsqlConnection implements DatabaseConnection {
  readonly #options: LibsqlDialectOptions;

  constructor(options: LibsqlDialectOptions) {
    this.#options = options;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const values = parameters.map(bindable);
    const { connection, guard, busyMilliseconds, translate } = this.#options;
    const deadline = Date.now() + busyMilliseconds;
    for (;;) {
      try {
        if (!connection.inTransaction) guard();
        return this.#execute<Row>(sql, values);
      } catch (error) {
        // Inside a transaction the lock is held already: only statements outside one meet another writer.
        if (!isBusy(error) || connection.inTransaction || Date.now() >= deadline) throw translate(error);
      }
      await sleep(5 + Math.random() * 20);
    }
  }

  #execute<Row>(sql: string, values: unknown[]): QueryResult<Row> {
    const statement = this.#options.connection.prepare(sql);
    if (statement.reader) return { rows: statement.all(values) as Row[] };
    const { changes, lastInsertRowid } = statement.run(values);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  // biome-ignore lint/correctness/useYield: kysely asks for a generator; pages are read with queries instead.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('The store reads pages, it does not stream.');
  }
}

class LibsqlDriver implements Driver {
  readonly #options: LibsqlDialectOptions;
  readonly #connection: LibsqlConnection;
  #last: Promise<void> = Promise.resolve();
  #release: () => void = () => {};

  constructor(options: LibsqlDialectOptions) {
    this.#options = options;
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

  /** Takes the write lock at once: a transaction that reads first and writes later could otherwise fail. */
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  /** SQLite may have rolled back already, on a full disk for instance. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#options.connection.inTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  async destroy(): Promise<void> {
    this.#options.connection.close();
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
export const libsqlDialect = (options: LibsqlDialectOptions): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new LibsqlDriver(options),
  createIntrospector: (database) => new SqliteIntrospector(database),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});

import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type Libsql from 'libsql';
import { retryWhileBusy } from './retry-while-busy.js';

export interface LibsqlConnectionOptions {
  readonly connection: Libsql.Database;
  /** Called before each statement or transaction; throws where the database is gone. */
  readonly guard: () => void;
  /** How long to try again while another process holds the lock. */
  readonly busyMilliseconds: number;
  /** Turns an error of SQLite into what is thrown. */
  readonly translate: (error: unknown) => unknown;
}

/** libsql aborts the whole process on a value of a type that it does not know. */
const bindable = (value: unknown): unknown => {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  // It would come back cut off there.
  if (typeof value === 'string' && !value.includes('\0')) return value;
  if (value === null || value instanceof Uint8Array) return value;
  throw new TypeError(
    `A value for the database must be text without NUL, a number, bytes or null. Received: ${typeof value}`,
  );
};

/** Kinds of queries that change rows. Of raw SQL nothing is known: it writes inside a transaction only. */
const writes: ReadonlySet<string> = new Set(['InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode']);

/** Statements kept prepared. */
const statementLimit = 100;

/** One connection of libsql, as kysely and transactions need it. */
export class LibsqlConnection implements DatabaseConnection {
  readonly #options: LibsqlConnectionOptions;
  /** In order of use, the latest last. libsql frees a statement when it is collected as garbage, which may be late. */
  readonly #statements = new Map<string, Libsql.Statement>();

  constructor(options: LibsqlConnectionOptions) {
    this.#options = options;
  }

  async executeQuery<Row>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<Row>> {
    const values = parameters.map(bindable);
    if (this.inTransaction) return this.#translated(() => this.#execute<Row>(sql, values));
    if (!writes.has(query.kind)) return this.#whenFree(() => this.#execute<Row>(sql, values));
    await this.begin();
    try {
      const result = await this.#translated(() => this.#execute<Row>(sql, values));
      await this.commit();
      return result;
    } catch (error) {
      await this.rollback();
      throw error;
    }
  }

  get inTransaction(): boolean {
    return this.#options.connection.inTransaction;
  }

  /**
   * Takes the write lock at once: a transaction that reads first and writes later could otherwise fail. No other
   * statement ever waits for that lock, because libsql leaves one that found it taken unfinished for a while, and an
   * unfinished statement keeps transactions from being committed.
   */
  begin(): Promise<void> {
    return this.#whenFree(() => this.#run('begin immediate'));
  }

  commit(): Promise<void> {
    return this.#translated(() => this.#run('commit'));
  }

  /** SQLite may have rolled back already, on a full disk for instance. */
  async rollback(): Promise<void> {
    if (this.inTransaction) await this.#translated(() => this.#run('rollback'));
  }

  /**
   * Moves the log into the database file and closes. SQLite does so itself when the last statement is freed, which
   * with libsql may be never: then a copy of the store made meanwhile would lack what only the log holds.
   */
  close(): void {
    try {
      this.#run('pragma wal_checkpoint(truncate)');
    } catch {
      // Another process needs the log, or nothing may be written: nothing is lost, the log stays.
    }
    this.#statements.clear();
    this.#options.connection.close();
  }

  #run(sql: string): void {
    this.#options.connection.exec(sql);
  }

  async #translated<Result>(work: () => Result): Promise<Result> {
    try {
      return work();
    } catch (error) {
      throw this.#options.translate(error);
    }
  }

  /** Does work outside a transaction. */
  async #whenFree<Result>(work: () => Result): Promise<Result> {
    const { guard, busyMilliseconds, translate } = this.#options;
    try {
      return await retryWhileBusy(busyMilliseconds, () => {
        guard();
        return work();
      });
    } catch (error) {
      throw translate(error);
    }
  }

  #execute<Row>(sql: string, values: unknown[]): QueryResult<Row> {
    const statement = this.#prepare(sql);
    if (statement.reader) return { rows: statement.all(values) as Row[] };
    const { changes, lastInsertRowid } = statement.run(values);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  #prepare(sql: string): Libsql.Statement {
    const statement = this.#statements.get(sql) ?? this.#options.connection.prepare(sql);
    this.#statements.delete(sql);
    this.#statements.set(sql, statement);
    const [oldest] = this.#statements.keys();
    if (this.#statements.size > statementLimit) this.#statements.delete(oldest!);
    return statement;
  }

  // biome-ignore lint/correctness/useYield: kysely asks for a generator; pages are read with queries instead.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('The store reads pages, it does not stream.');
  }
}

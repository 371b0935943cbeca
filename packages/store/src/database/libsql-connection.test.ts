import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import Libsql from 'libsql';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-store.js';
import { libsqlDialect } from './libsql-dialect.js';

interface Notes {
  notes: { id: number; text: string | null };
}

const openNotes = async (path?: string): Promise<{ database: Kysely<Notes>; path: string }> => {
  const file = path ?? join(await temporaryFolder(), 'notes.db');
  const connection = new Libsql(file);
  connection.exec(
    'pragma journal_mode = wal; create table if not exists notes (id integer primary key, text text)',
  );
  const database = new Kysely<Notes>({
    dialect: libsqlDialect({
      connection,
      guard: () => {},
      busyMilliseconds: 5000,
      translate: (error) => error,
    }),
  });
  onTestFinished(() => database.destroy());
  return { database, path: file };
};

const note = (text: string) => ({ id: sql<number>`null`, text });

const texts = async (database: Kysely<Notes>): Promise<(string | null)[]> =>
  (await database.selectFrom('notes').select('text').orderBy('id').execute()).map(({ text }) => text);

test('a transaction is kept whole, undone by an error, and nobody else is in it', async () => {
  const { database } = await openNotes();
  const insert = (executor: Kysely<Notes>, text: string): Promise<unknown> =>
    executor.insertInto('notes').values(note(text)).execute();
  const failing = database.transaction().execute(async (transaction) => {
    await insert(transaction, 'undone');
    await new Promise(setImmediate);
    throw new Error('no');
  });
  const outside = insert(database, 'kept');
  await expect(failing).rejects.toThrow('no');
  await outside;
  expect(await texts(database)).toEqual(['kept']);
});

test('connections that find each other writing wait, and can commit afterwards', async () => {
  const { database: one, path } = await openNotes();
  const { database: two } = await openNotes(path);
  const write = async (database: Kysely<Notes>, name: string): Promise<void> => {
    for (let index = 0; index < 100; index++) {
      const values = note(`${name} ${index}`);
      // In turn: alone, alone and read back, and in a transaction that is held for a while.
      if (index % 3 === 0) await database.insertInto('notes').values(values).execute();
      else if (index % 3 === 1) await database.insertInto('notes').values(values).returningAll().execute();
      else {
        await database.transaction().execute(async (transaction) => {
          await transaction.insertInto('notes').values(values).execute();
          await new Promise(setImmediate);
        });
      }
    }
  };
  await Promise.all([write(one, 'one'), write(two, 'two')]);
  expect((await texts(one)).filter((text) => text!.startsWith('two'))).toHaveLength(100);
  expect(await texts(two)).toHaveLength(200);
});

test.each([[true], [{}], ['a\0b']])('%j cannot be bound, and does not end the process', async (value) => {
  const { database } = await openNotes();
  const insert = database.insertInto('notes').values({ id: 1, text: value as never });
  await expect(insert.execute()).rejects.toThrow(TypeError);
  expect(await texts(database)).toEqual([]);
});

test('many statements take no more memory than few', async () => {
  const { database } = await openNotes();
  await texts(database);
  const before = process.memoryUsage.rss();
  for (let index = 0; index < 20_000; index++) await texts(database);
  // About 20 MB; 300 MB where each statement waits for the garbage collector.
  expect(process.memoryUsage.rss() - before).toBeLessThan(150_000_000);
});

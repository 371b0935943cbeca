import { RegraftError } from '@regraft/errors';
import type { Kysely, Updateable } from 'kysely';
import type { RunTable, Schema } from '../database/schema.js';
import { type Run, readRun } from './run.js';

/** A run by its id. Throws 'record-not-found'. */
export const getRun = async (database: Kysely<Schema>, id: number): Promise<Run> => {
  const row = await database.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst();
  if (row) return readRun(row);
  throw new RegraftError({
    code: 'record-not-found',
    message: `A run must be in the store. Received: run ${id}`,
    hint: '`regraft runs` lists those that the store has.',
    details: { run: id },
  });
};

/** The error for a run that is not in the state that something needs, or not in the right hands. */
export const runConflict = (run: Run, rule: string): RegraftError =>
  new RegraftError({
    code: 'record-conflict',
    message: `${rule} Received: run ${run.id}, ${run.status}${run.pid === null ? '' : `, process ${run.pid} on ${run.host}`}`,
    hint: `\`regraft show ${run.id}\` tells what became of it.`,
    details: { run: run.id, status: run.status, pid: run.pid, host: run.host },
  });

/** Writes values into the row of a run that is there. */
export const updateRun = async (
  transaction: Kysely<Schema>,
  id: number,
  values: Updateable<RunTable>,
): Promise<Run> => {
  const row = await transaction
    .updateTable('runs')
    .set(values)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return readRun(row);
};

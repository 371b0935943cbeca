import type { Kysely } from 'kysely';
import type { Schema } from '../database/schema.js';
import { activeStatuses, type Run, readRun } from './run.js';
import { isRunAlive } from './run-liveness.js';

/** Marks a run whose process is gone as interrupted and returns it; undefined where nothing had to be done. */
export const sweepRun = async (database: Kysely<Schema>, id: number): Promise<Run | undefined> => {
  const select = database
    .selectFrom('runs')
    .selectAll()
    .where('id', '=', id)
    .where('status', 'in', activeStatuses);
  const row = await select.executeTakeFirst();
  if (!row) return undefined;
  const run = readRun(row);
  const now = Date.now();
  if (isRunAlive(run, now)) return undefined;
  // Only if nobody has claimed or ended it meanwhile.
  const swept = await database
    .updateTable('runs')
    .set({ status: 'interrupted', ended_at: now })
    .where('id', '=', id)
    .where('status', 'in', activeStatuses)
    .where('claim', '=', run.claims)
    .where('heartbeat_at', 'is', row.heartbeat_at)
    .returningAll()
    .executeTakeFirst();
  return swept && readRun(swept);
};

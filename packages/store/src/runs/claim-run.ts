import { RegraftError } from '@regraft/errors';
import type { Transaction } from 'kysely';
import { encodeJson } from '../database/json-column.js';
import type { Schema } from '../database/schema.js';
import { identifyProcess } from '../processes/process-identity.js';
import { isOver, type Run } from './run.js';
import { isRunAlive } from './run-liveness.js';
import { getRun, runConflict, updateRun } from './run-rows.js';

/** Gives a run to a process, within a transaction, so that of many that claim it one has it. */
export const claimRun = async (
  transaction: Transaction<Schema>,
  id: number,
  pid: number,
  engine: unknown,
): Promise<Run> => {
  const run = await getRun(transaction, id);
  const now = Date.now();
  if (run.status === 'finished') {
    throw new RegraftError({
      code: 'run-not-resumable',
      message: `A run can be resumed until it is finished. Received: run ${id}, finished`,
      hint: `\`regraft show ${id}\` tells what it made; start a new run to train again.`,
      details: { run: id },
    });
  }
  const queued = run.status === 'queued';
  if (!queued && !isOver(run.status) && isRunAlive(run, now)) {
    throw runConflict(run, 'A run must be held by one process only.');
  }
  const owner = identifyProcess(pid);
  return updateRun(transaction, id, {
    status: 'running',
    claim: run.claims + 1,
    started_at: run.startedAt?.getTime() ?? now,
    ended_at: null,
    heartbeat_at: now,
    pid,
    pid_start: owner.start,
    host: owner.host,
    // A stop asked for before the first process came is still to be obeyed; an older one is not.
    stop_requested: queued && run.stopRequested ? 1 : 0,
    error: null,
    ...(engine === undefined ? {} : { engine: encodeJson(engine) }),
  });
};

import type { Updateable } from 'kysely';
import { writeWithBlobs } from '../blobs/blob-references.js';
import { removeBlob } from '../blobs/remove-blob.js';
import { encodeJson, encodeOptionalJson } from '../database/json-column.js';
import type { RunTable } from '../database/schema.js';
import { assertName } from '../names.js';
import type { StoreContext } from '../store-context.js';
import { resolveVersion } from '../versions/resolve-version.js';
import { claimRun } from './claim-run.js';
import { activeStatuses, isOver, type Run, type RunStatus, readRun } from './run.js';
import { getRun, runConflict, updateRun } from './run-rows.js';
import { sweepRun } from './sweep-run.js';

export interface NewRun {
  readonly kind: string;
  readonly name?: string;
  readonly recipe: unknown;
  readonly dataset?: number;
  /** Any reference to a version: id, name, alias or start of its hash. */
  readonly parentVersion?: string;
}

export interface ListRunsOptions {
  readonly status?: RunStatus | readonly RunStatus[];
  /** At most this many, newest first; 100 unless told. */
  readonly limit?: number;
  /** Only runs older than this id: the last of the page before. */
  readonly before?: number;
}

/** The runs of a store. Every method that takes an id throws 'record-not-found' where there is no such run. */
export interface RunStore {
  /** A new run, queued. */
  create(run: NewRun): Promise<Run>;
  get(id: number): Promise<Run>;
  list(options?: ListRunsOptions): Promise<Run[]>;
  /**
   * Makes a process (this one unless told) the one that works on a run: queued, interrupted, stopped and failed runs,
   * and those whose process is gone. Throws 'record-conflict' where a living process has it, 'run-not-resumable' where
   * it is finished. An engine is kept until another is given. From then on, writes to the run through this store fail once another process has claimed it.
   */
  claim(id: number, options?: { readonly pid?: number; readonly engine?: unknown }): Promise<Run>;
  /** Puts an ended run back in the queue, for a process that is about to be started. */
  requeue(id: number): Promise<Run>;
  /** Says which data set a run learns from, once it is known. */
  setDataset(id: number, dataset: number): Promise<Run>;
  /** Says that the run's process works. The answer tells whether it was asked to stop. */
  heartbeat(id: number): Promise<Run>;
  /** Asks the run to stop at its next checkpoint. No effect on one that is over. */
  requestStop(id: number): Promise<Run>;
  /** Stores what the run can be resumed from, in the place of its checkpoint before. */
  setCheckpoint(id: number, content: Uint8Array, details?: unknown): Promise<Run>;
  /** Ends a run well; its checkpoint is not needed any more and goes. */
  finish(id: number, outcome: { readonly version?: string; readonly result?: unknown }): Promise<Run>;
  fail(id: number, error: unknown): Promise<Run>;
  /** Ends a run that was asked to stop; it can be resumed. */
  stop(id: number): Promise<Run>;
  /** Marks every run whose process is gone as interrupted, and returns those. A read-only store sweeps nothing. */
  sweep(): Promise<Run[]>;
}

/** The runs of a store. */
export const createRunStore = (context: StoreContext): RunStore => {
  const { database, layout, readOnly } = context;
  /** The claims made through this store, by run: who has lost a run must not write to it any more. */
  const claims = new Map<number, number>();

  /** Changes a run that must be in one of some states, and ours if we ever had it. */
  const transition = (
    id: number,
    from: readonly RunStatus[],
    change: (run: Run, now: number) => Updateable<RunTable> | Promise<Updateable<RunTable>>,
  ): Promise<Run> =>
    database.transaction().execute(async (transaction) => {
      const run = await getRun(transaction, id);
      assertHeld(run, from);
      return updateRun(transaction, id, await change(run, Date.now()));
    });

  const assertHeld = (run: Run, from: readonly RunStatus[]): void => {
    const claim = claims.get(run.id);
    const lost = claim !== undefined && claim !== run.claims;
    if (lost) throw runConflict(run, 'A run must be held by one process only.');
    if (!from.includes(run.status)) throw runConflict(run, `A run must be ${from.join(' or ')} for this.`);
  };

  /** Best effort: the run has let go of it already, so `gc` would remove it as well. */
  const dropCheckpoint = async (sha256: string | null): Promise<void> => {
    if (sha256 === null) return;
    await database
      .transaction()
      .execute((transaction) => removeBlob(transaction, layout, sha256, Number.POSITIVE_INFINITY))
      .catch(() => {});
  };

  return {
    create: async ({ kind, name, recipe, dataset, parentVersion }) => {
      // Here, not when the trained version takes the name.
      if (name !== undefined) assertName('run name', name);
      return database.transaction().execute(async (transaction) => {
        const parent = parentVersion === undefined ? null : await resolveVersion(transaction, parentVersion);
        const row = await transaction
          .insertInto('runs')
          .values({
            kind,
            name: name ?? null,
            status: 'queued',
            recipe: encodeJson(recipe),
            dataset_id: dataset ?? null,
            parent_version_id: parent?.id ?? null,
            created_at: Date.now(),
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        return readRun(row);
      });
    },

    get: (id) => getRun(database, id),

    list: async ({ status, limit = 100, before } = {}) => {
      let query = database.selectFrom('runs').selectAll().orderBy('id', 'desc').limit(limit);
      if (status !== undefined) query = query.where('status', 'in', [status].flat());
      if (before !== undefined) query = query.where('id', '<', before);
      return (await query.execute()).map(readRun);
    },

    claim: async (id, { pid = process.pid, engine } = {}) => {
      const claimed = await database
        .transaction()
        .execute((transaction) => claimRun(transaction, id, pid, engine));
      claims.set(id, claimed.claims);
      return claimed;
    },

    requeue: (id) =>
      transition(id, ['interrupted', 'stopped', 'failed', 'queued'], () => ({
        status: 'queued',
        stop_requested: 0,
        ended_at: null,
        error: null,
      })),

    setDataset: (id, dataset) => transition(id, activeStatuses, () => ({ dataset_id: dataset })),

    heartbeat: (id) => transition(id, activeStatuses, (_, now) => ({ heartbeat_at: now })),

    requestStop: (id) =>
      database.transaction().execute(async (transaction) => {
        const run = await getRun(transaction, id);
        if (isOver(run.status)) return run;
        return updateRun(transaction, id, {
          stop_requested: 1,
          status: run.status === 'running' ? 'stopping' : run.status,
        });
      }),

    setCheckpoint: async (id, content, details) => {
      let previous: string | null = null;
      const run = await writeWithBlobs(context, [content], async (transaction, [blob]) => {
        const before = await getRun(transaction, id);
        assertHeld(before, activeStatuses);
        previous = before.checkpoint === blob!.sha256 ? null : before.checkpoint;
        return updateRun(transaction, id, {
          checkpoint: blob!.sha256,
          checkpoint_details: encodeOptionalJson(details),
          heartbeat_at: Date.now(),
        });
      });
      await dropCheckpoint(previous);
      return run;
    },

    finish: async (id, { version, result }) => {
      let previous: string | null = null;
      const made = version === undefined ? null : await resolveVersion(database, version);
      const run = await transition(id, activeStatuses, ({ checkpoint }, now) => {
        previous = checkpoint;
        return {
          status: 'finished',
          ended_at: now,
          version_id: made?.id ?? null,
          result: encodeOptionalJson(result),
          checkpoint: null,
          checkpoint_details: null,
        };
      });
      await dropCheckpoint(previous);
      return run;
    },

    fail: (id, error) =>
      transition(id, ['queued', ...activeStatuses, 'interrupted'], (_, now) => ({
        status: 'failed',
        ended_at: now,
        error: encodeJson(error),
      })),

    stop: (id) =>
      transition(id, ['queued', ...activeStatuses], (_, now) => ({ status: 'stopped', ended_at: now })),

    sweep: async () => {
      if (readOnly) return [];
      const rows = await database
        .selectFrom('runs')
        .select('id')
        .where('status', 'in', activeStatuses)
        .execute();
      const swept: Run[] = [];
      for (const { id } of rows) {
        const run = await sweepRun(database, id);
        if (run) swept.push(run);
      }
      return swept;
    },
  };
};

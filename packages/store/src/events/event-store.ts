import { setTimeout as sleep } from 'node:timers/promises';
import { RegraftError } from '@regraft/errors';
import type { Kysely } from 'kysely';
import { decodeJson, encodeJson } from '../database/json-column.js';
import type { Schema } from '../database/schema.js';
import { isOver, type RunStatus } from '../runs/run.js';
import { sweepRun } from '../runs/sweep-run.js';
import type { StoreContext } from '../store-context.js';

export interface StoredEvent {
  /** Grows with each event of the store; the events of a run come in this order. */
  readonly id: number;
  readonly at: Date;
  readonly event: unknown;
}

export interface ListEventsOptions {
  /** Only events after this id. */
  readonly after?: number;
  /** At most this many, oldest first; 1000 unless told. */
  readonly limit?: number;
}

export interface FollowEventsOptions {
  readonly after?: number;
  readonly signal?: AbortSignal;
  /** How often to look; 150 unless told. */
  readonly pollMilliseconds?: number;
}

/** What a run tells, in the order that it told it. */
export interface EventStore {
  /** Appends events, all or none; returns the id of the last one, 0 where there are none. */
  append(runId: number, events: readonly unknown[]): Promise<number>;
  list(runId: number, options?: ListEventsOptions): Promise<StoredEvent[]>;
  /**
   * Events as they come, until the run is over and all are told; a run whose process dies meanwhile is marked as
   * interrupted. An aborted signal ends it with the signal's reason.
   */
  follow(runId: number, options?: FollowEventsOptions): AsyncGenerator<StoredEvent, void>;
}

const pageSize = 1000;
/** How often a follower looks whether the run's process still lives. */
const sweepMilliseconds = 1000;

/** The events of a store's runs. */
export const createEventStore = ({ database, readOnly }: StoreContext): EventStore => {
  const statusOf = async (executor: Kysely<Schema>, runId: number): Promise<RunStatus> => {
    const row = await executor.selectFrom('runs').select('status').where('id', '=', runId).executeTakeFirst();
    if (row) return row.status as RunStatus;
    throw new RegraftError({
      code: 'record-not-found',
      message: `Events belong to a run of the store. Received: run ${runId}`,
      hint: '`regraft runs` lists those that the store has.',
      details: { run: runId },
    });
  };

  const list = async (
    runId: number,
    { after = 0, limit = pageSize }: ListEventsOptions = {},
  ): Promise<StoredEvent[]> => {
    const rows = await database
      .selectFrom('events')
      .select(['id', 'at', 'event'])
      .where('run_id', '=', runId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(({ id, at, event }) => ({ id, at: new Date(at), event: decodeJson(event) }));
  };

  return {
    append: async (runId, events) => {
      if (events.length === 0) return 0;
      const texts = events.map(encodeJson);
      return database.transaction().execute(async (transaction) => {
        await statusOf(transaction, runId);
        const at = Date.now();
        let last = 0;
        for (const event of texts) {
          const { insertId } = await transaction
            .insertInto('events')
            .values({ run_id: runId, at, event })
            .executeTakeFirstOrThrow();
          last = Number(insertId);
        }
        return last;
      });
    },

    list,

    follow: async function* (runId, { after = 0, signal, pollMilliseconds = 150 } = {}) {
      let last = after;
      let lookedAt = Date.now();
      for (;;) {
        signal?.throwIfAborted();
        if (!readOnly && Date.now() - lookedAt >= sweepMilliseconds) {
          await sweepRun(database, runId);
          lookedAt = Date.now();
        }
        // The status comes first: what a run says before it ends is then on the page read after.
        const over = isOver(await statusOf(database, runId));
        const page = await list(runId, { after: last });
        yield* page;
        last = page.at(-1)?.id ?? last;
        if (page.length > 0) continue;
        if (over) return;
        // An aborted wait is told at the top, with the signal's own reason.
        await sleep(pollMilliseconds, undefined, { signal }).catch(() => {});
      }
    },
  };
};

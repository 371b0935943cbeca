import type { Selectable } from 'kysely';
import { decodeJson, decodeTime } from '../database/json-column.js';
import type { RunTable } from '../database/schema.js';
import type { ProcessIdentity } from '../processes/process-identity.js';
import { versionId } from '../versions/version.js';

/**
 * `queued` waits for a process, `running` has one, `stopping` was asked to end at its next checkpoint;
 * `finished`, `failed` and `stopped` ended by themselves, `interrupted` lost its process.
 */
export type RunStatus = 'queued' | 'running' | 'stopping' | 'finished' | 'failed' | 'interrupted' | 'stopped';

/** Those of a run that a process holds. */
export const activeStatuses = ['running', 'stopping'] as const satisfies readonly RunStatus[];

/** True once no process works on the run any more and none is going to by itself. */
export const isOver = (status: RunStatus): boolean =>
  status === 'finished' || status === 'failed' || status === 'interrupted' || status === 'stopped';

/** One execution of a recipe. */
export interface Run {
  /** Small and never used again: 1, 2, … */
  readonly id: number;
  readonly kind: string;
  readonly name: string | null;
  readonly status: RunStatus;
  readonly recipe: unknown;
  readonly dataset: number | null;
  /** Id of the version it started from, such as 'v2'. */
  readonly parentVersion: string | null;
  /** Id of the version it made. */
  readonly version: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly heartbeatAt: Date | null;
  readonly pid: number | null;
  readonly pidStart: string | null;
  readonly host: string | null;
  /** How often it has been claimed: 0 before its first process, 2 after one resumption. */
  readonly claims: number;
  readonly stopRequested: boolean;
  /** sha256 of the blob of its latest checkpoint. */
  readonly checkpoint: string | null;
  readonly checkpointDetails: unknown;
  readonly engine: unknown;
  readonly result: unknown;
  readonly error: unknown;
}

const optionalVersionId = (number: number | null): string | null =>
  number === null ? null : versionId(number);

/** The run in a row. */
export const readRun = (row: Selectable<RunTable>): Run => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  status: row.status as RunStatus,
  recipe: decodeJson(row.recipe),
  dataset: row.dataset_id,
  parentVersion: optionalVersionId(row.parent_version_id),
  version: optionalVersionId(row.version_id),
  createdAt: new Date(row.created_at),
  startedAt: decodeTime(row.started_at),
  endedAt: decodeTime(row.ended_at),
  heartbeatAt: decodeTime(row.heartbeat_at),
  pid: row.pid,
  pidStart: row.pid_start,
  host: row.host,
  claims: row.claim,
  stopRequested: row.stop_requested === 1,
  checkpoint: row.checkpoint,
  checkpointDetails: decodeJson(row.checkpoint_details),
  engine: decodeJson(row.engine),
  result: decodeJson(row.result),
  error: decodeJson(row.error),
});

/** The process that holds a run; null for one that was never claimed. */
export const runProcess = ({ host, pid, pidStart }: Run): ProcessIdentity | null =>
  host === null || pid === null ? null : { host, pid, start: pidStart };

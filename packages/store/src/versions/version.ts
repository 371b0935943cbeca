import type { Selectable } from 'kysely';
import { decodeJson } from '../database/json-column.js';
import type { VersionFileTable, VersionTable } from '../database/schema.js';

export interface VersionFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** An immutable trained model. */
export interface Version {
  /** 'v1', 'v2', …: never used again, not even after deletion. */
  readonly id: string;
  readonly number: number;
  readonly name: string | null;
  /** sha256 over the sorted lines `sha256  filename` of its files: equal content, equal hash. */
  readonly sha256: string;
  readonly runId: number | null;
  /** Id of the version that it was trained from. */
  readonly parent: string | null;
  readonly labels: readonly string[];
  /** What `regraft.json` holds. */
  readonly card: unknown;
  readonly metrics: unknown;
  readonly files: readonly VersionFile[];
  readonly createdAt: Date;
}

/** The name of the file that a version's card is written to. */
export const cardFileName = 'regraft.json';

/** 'v3' for 3. */
export const versionId = (number: number): string => `v${number}`;

/** The version in a row and its file rows. */
export const readVersion = (
  row: Selectable<VersionTable>,
  files: readonly Selectable<VersionFileTable>[],
): Version => ({
  id: versionId(row.id),
  number: row.id,
  name: row.name,
  sha256: row.sha256,
  runId: row.run_id,
  parent: row.parent_id === null ? null : versionId(row.parent_id),
  labels: decodeJson(row.labels) as readonly string[],
  card: decodeJson(row.card),
  metrics: decodeJson(row.metrics),
  files: files.map(({ name, blob, bytes }) => ({ name, sha256: blob, bytes })),
  createdAt: new Date(row.created_at),
});

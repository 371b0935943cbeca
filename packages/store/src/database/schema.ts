import type { Generated } from 'kysely';

/** Milliseconds since 1970. */
type Time = number;
/** Text that holds JSON. */
type JsonText = string;

export interface DatasetTable {
  id: Generated<number>;
  name: string;
  path: string;
  /** Blob of the manifest; a dataset's identity. */
  manifest: string;
  images: number;
  labels: JsonText;
  details: JsonText;
  created_at: Time;
}

export interface RunTable {
  id: Generated<number>;
  kind: string;
  name: string | null;
  status: string;
  recipe: JsonText;
  dataset_id: number | null;
  parent_version_id: number | null;
  version_id: number | null;
  created_at: Time;
  started_at: Time | null;
  ended_at: Time | null;
  heartbeat_at: Time | null;
  pid: number | null;
  pid_start: string | null;
  host: string | null;
  /** How often the run has been claimed: who holds the latest claim may write. */
  claim: Generated<number>;
  stop_requested: Generated<number>;
  checkpoint: string | null;
  checkpoint_details: JsonText | null;
  engine: JsonText | null;
  result: JsonText | null;
  error: JsonText | null;
}

interface EventTable {
  id: Generated<number>;
  run_id: number;
  at: Time;
  event: JsonText;
}

export interface VersionTable {
  id: Generated<number>;
  name: string | null;
  sha256: string;
  run_id: number | null;
  parent_id: number | null;
  labels: JsonText;
  card: JsonText;
  metrics: JsonText;
  created_at: Time;
}

export interface VersionFileTable {
  version_id: number;
  name: string;
  blob: string;
  bytes: number;
}

interface AliasTable {
  name: string;
  version_id: number;
  updated_at: Time;
}

/** No foreign keys here: history outlives what it tells about. */
interface AliasMoveTable {
  id: Generated<number>;
  name: string;
  from_version_id: number | null;
  to_version_id: number | null;
  at: Time;
  by: string;
  note: string | null;
  evidence: JsonText | null;
}

export interface EvaluationTable {
  id: Generated<number>;
  version_id: number;
  dataset_id: number | null;
  report: JsonText;
  created_at: Time;
}

export interface KnownFileTable {
  path: string;
  /** Changes whenever the file does. */
  stamp: string;
  facts: JsonText;
  seen_at: Time;
}

interface ActivationSpaceTable {
  id: Generated<number>;
  /** sha256 of backbone, cut, preprocessing and view. */
  name: string;
  /** Float32 values in a row. */
  row_length: number;
}

export interface ActivationShardTable {
  id: Generated<number>;
  space_id: number;
  file: string;
  rows: number;
  bytes: number;
  sha256: string;
  last_used_at: Time;
}

interface ActivationRowTable {
  space_id: number;
  /** sha256 of the image, 32 bytes. */
  key: Uint8Array;
  shard_id: number;
  /** Position in the shard, counted in rows. */
  position: number;
}

/** A view: every reference to a blob that the tables above hold. */
export interface BlobReferenceView {
  blob: string;
  /** As `check` names it: 'version v3 (model.json)'. */
  holder: string;
  /** The run whose checkpoint it is. */
  run_id: number | null;
}

/** The tables of a store's database. */
export interface Schema {
  datasets: DatasetTable;
  runs: RunTable;
  events: EventTable;
  versions: VersionTable;
  version_files: VersionFileTable;
  aliases: AliasTable;
  alias_moves: AliasMoveTable;
  evaluations: EvaluationTable;
  known_files: KnownFileTable;
  activation_spaces: ActivationSpaceTable;
  activation_shards: ActivationShardTable;
  activation_rows: ActivationRowTable;
  blob_references: BlobReferenceView;
}

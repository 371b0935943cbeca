/** A step from one schema version to the next: SQL that runs in one transaction with all pending steps. */
type Migration = readonly string[];

const initial: Migration = [
  `create table datasets (
    id integer primary key autoincrement,
    name text not null,
    path text not null,
    manifest text not null unique,
    images integer not null,
    labels text not null,
    details text not null,
    created_at integer not null
  ) strict`,
  `create table runs (
    id integer primary key autoincrement,
    kind text not null,
    name text,
    status text not null,
    recipe text not null,
    dataset_id integer references datasets (id),
    parent_version_id integer references versions (id) on delete set null,
    version_id integer references versions (id) on delete set null,
    created_at integer not null,
    started_at integer,
    ended_at integer,
    heartbeat_at integer,
    pid integer,
    pid_start text,
    host text,
    claim integer not null default 0,
    stop_requested integer not null default 0,
    checkpoint text,
    checkpoint_details text,
    engine text,
    result text,
    error text
  ) strict`,
  'create index runs_by_status on runs (status)',
  `create table events (
    id integer primary key autoincrement,
    run_id integer not null references runs (id) on delete cascade,
    at integer not null,
    event text not null
  ) strict`,
  'create index events_by_run on events (run_id, id)',
  `create table versions (
    id integer primary key autoincrement,
    name text,
    sha256 text not null,
    run_id integer references runs (id) on delete set null,
    parent_id integer references versions (id) on delete set null,
    labels text not null,
    card text not null,
    metrics text not null,
    created_at integer not null
  ) strict`,
  'create index versions_by_name on versions (name)',
  'create index versions_by_sha256 on versions (sha256)',
  'create index versions_by_parent on versions (parent_id)',
  `create table version_files (
    version_id integer not null references versions (id) on delete cascade,
    name text not null,
    blob text not null,
    bytes integer not null,
    primary key (version_id, name)
  ) strict, without rowid`,
  'create index version_files_by_blob on version_files (blob)',
  `create table aliases (
    name text primary key,
    version_id integer not null references versions (id),
    updated_at integer not null
  ) strict, without rowid`,
  'create index aliases_by_version on aliases (version_id)',
  `create table alias_moves (
    id integer primary key autoincrement,
    name text not null,
    from_version_id integer,
    to_version_id integer,
    at integer not null,
    by text not null
  ) strict`,
  'create index alias_moves_by_name on alias_moves (name, id)',
  `create table evaluations (
    id integer primary key autoincrement,
    version_id integer not null references versions (id) on delete cascade,
    dataset_id integer references datasets (id),
    report text not null,
    created_at integer not null
  ) strict`,
  'create index evaluations_by_version on evaluations (version_id, id)',
  `create table assets (
    name text primary key,
    blob text not null,
    bytes integer not null,
    details text not null,
    created_at integer not null
  ) strict, without rowid`,
  `create table activation_spaces (
    id integer primary key autoincrement,
    name text not null unique,
    row_length integer not null
  ) strict`,
  `create table activation_shards (
    id integer primary key autoincrement,
    space_id integer not null references activation_spaces (id) on delete cascade,
    file text not null unique,
    rows integer not null,
    bytes integer not null,
    sha256 text not null,
    last_used_at integer not null
  ) strict`,
  'create index activation_shards_by_use on activation_shards (last_used_at, id)',
  'create index activation_shards_by_space on activation_shards (space_id)',
  `create table activation_rows (
    space_id integer not null references activation_spaces (id) on delete cascade,
    key blob not null,
    shard_id integer not null references activation_shards (id) on delete cascade,
    position integer not null,
    primary key (space_id, key)
  ) strict, without rowid`,
  'create index activation_rows_by_shard on activation_rows (shard_id)',
  'create index runs_by_checkpoint on runs (checkpoint) where checkpoint is not null',
  'create index assets_by_blob on assets (blob)',
  `create view blob_references (blob, holder, run_id) as
    select blob, 'version v' || version_id || ' (' || name || ')', null from version_files
    union all select checkpoint, 'run ' || id || ' (checkpoint)', id from runs where checkpoint is not null
    union all select manifest, 'dataset ' || id || ' (manifest)', null from datasets
    union all select blob, 'asset ' || name, null from assets`,
];

/** Nothing ever kept an asset; what a scan learned of a file is worth keeping. */
const knownFiles: Migration = [
  'drop view blob_references',
  'drop table assets',
  `create view blob_references (blob, holder, run_id) as
    select blob, 'version v' || version_id || ' (' || name || ')', null from version_files
    union all select checkpoint, 'run ' || id || ' (checkpoint)', id from runs where checkpoint is not null
    union all select manifest, 'dataset ' || id || ' (manifest)', null from datasets`,
  `create table known_files (
    path text primary key,
    stamp text not null,
    facts text not null,
    seen_at integer not null
  ) strict, without rowid`,
  'create index known_files_by_use on known_files (seen_at)',
];

/** Why an alias moved, and what was measured before it did. */
const aliasReasons: Migration = [
  'alter table alias_moves add column note text',
  'alter table alias_moves add column evidence text',
];

/** Every migration in order; a store's `user_version` counts those it has. Append only. */
export const migrations: readonly Migration[] = [initial, knownFiles, aliasReasons];

import { RegraftError } from '@regraft/errors';
import type { Kysely, Selectable } from 'kysely';
import { recordAliasMove } from '../aliases/record-alias-move.js';
import { type BlobContent, writeWithBlobs } from '../blobs/blob-references.js';
import { type BlobStore, hashBytes } from '../blobs/blob-store.js';
import { encodeJson } from '../database/json-column.js';
import type { Schema, VersionFileTable, VersionTable } from '../database/schema.js';
import { assertName } from '../names.js';
import type { StoreContext } from '../store-context.js';
import { assertFileNames } from './assert-file-names.js';
import { resolveVersion } from './resolve-version.js';
import { cardFileName, readVersion, type Version, versionId } from './version.js';
import { describeHolders, findHolders, type VersionHolders } from './version-holders.js';

export interface NewVersion {
  /** Need not be unique: a name means the newest version that has it. */
  readonly name?: string;
  readonly runId?: number;
  /** Any reference to the version that it was trained from. */
  readonly parent?: string;
  readonly labels: readonly string[];
  /** By file name: content, or the sha256 of a blob. `regraft.json` is written from the card. */
  readonly files: Readonly<Record<string, BlobContent>>;
  /** What `regraft.json` is to hold. */
  readonly card: unknown;
  readonly metrics: unknown;
}

/** A reference to a version is its id ('v3'), an alias, a name, or the start of its hash. */
export interface VersionStore {
  /** Stores the files, then the version and its references to them in one transaction. */
  create(version: NewVersion): Promise<Version>;
  /** Throws 'record-not-found' with the nearest names. */
  get(reference: string): Promise<Version>;
  /** Newest first; 1000 unless told. */
  list(options?: { readonly limit?: number; readonly before?: number }): Promise<Version[]>;
  readFile(reference: string, name: string): Promise<Uint8Array>;
  /** What keeps it from being deleted. */
  holders(reference: string): Promise<VersionHolders>;
  /** The version, its parent, the parent of that, … */
  lineage(reference: string): Promise<Version[]>;
  /**
   * Forgets a version; `gc` then removes its files. Throws 'record-conflict' where an alias points to it, another was
   * trained from it or a run under way starts from it, unless forced: then those aliases go too, and its children have no
   * parent any more.
   */
  delete(reference: string, options?: { readonly force?: boolean }): Promise<void>;
}

const contentHash = (files: readonly { readonly name: string; readonly sha256: string }[]): string => {
  const lines = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).sort();
  return hashBytes(new TextEncoder().encode(lines.join('')));
};

const withFiles = async (
  database: Kysely<Schema>,
  rows: readonly Selectable<VersionTable>[],
): Promise<Version[]> => {
  if (rows.length === 0) return [];
  const byVersion = new Map(rows.map(({ id }) => [id, [] as Selectable<VersionFileTable>[]]));
  const files = database
    .selectFrom('version_files')
    .selectAll()
    .where('version_id', 'in', [...byVersion.keys()]);
  for (const file of await files.orderBy('name').execute()) byVersion.get(file.version_id)!.push(file);
  return rows.map((row) => readVersion(row, byVersion.get(row.id)!));
};

/** The versions of a store. */
export const createVersionStore = (context: StoreContext, blobs: BlobStore): VersionStore => {
  const { database } = context;

  const get = async (reference: string): Promise<Version> =>
    (await withFiles(database, [await resolveVersion(database, reference)]))[0]!;

  return {
    get,

    create: async ({ name, runId, parent, labels, files, card, metrics }) => {
      if (name !== undefined) assertName('version name', name);
      assertFileNames(Object.keys(files));
      const cardText = encodeJson(card);
      const cardFile = new TextEncoder().encode(`${JSON.stringify(card, null, 2)}\n`);
      const contents = Object.entries({ ...files, [cardFileName]: cardFile });
      return writeWithBlobs(
        context,
        contents.map(([, content]) => content),
        async (transaction, stored) => {
          const named = stored.map((blob, at) => ({ ...blob, name: contents[at]![0] }));
          const parentRow = parent === undefined ? null : await resolveVersion(transaction, parent);
          const row = await transaction
            .insertInto('versions')
            .values({
              name: name ?? null,
              sha256: contentHash(named),
              run_id: runId ?? null,
              parent_id: parentRow?.id ?? null,
              labels: encodeJson(labels),
              card: cardText,
              metrics: encodeJson(metrics),
              created_at: Date.now(),
            })
            .returningAll()
            .executeTakeFirstOrThrow();
          await transaction
            .insertInto('version_files')
            .values(
              named.map(({ name, sha256, bytes }) => ({ version_id: row.id, name, blob: sha256, bytes })),
            )
            .execute();
          return (await withFiles(transaction, [row]))[0]!;
        },
      );
    },

    list: async ({ limit = 1000, before } = {}) => {
      let query = database.selectFrom('versions').selectAll().orderBy('id', 'desc').limit(limit);
      if (before !== undefined) query = query.where('id', '<', before);
      return withFiles(database, await query.execute());
    },

    readFile: async (reference, name) => {
      const version = await get(reference);
      const file = version.files.find((candidate) => candidate.name === name);
      if (file) return blobs.get(file.sha256);
      throw new RegraftError({
        code: 'record-not-found',
        message: `A file must be one of the version's. Received: ${name} of ${version.id}`,
        hint: `It has ${version.files.map((candidate) => candidate.name).join(', ')}.`,
      });
    },

    lineage: async (reference) => {
      const rows = [await resolveVersion(database, reference)];
      // A parent is always older than its child, so this ends.
      for (let parent = rows[0]!.parent_id; parent !== null; parent = rows.at(-1)!.parent_id) {
        rows.push(await resolveVersion(database, versionId(parent)));
      }
      return withFiles(database, rows);
    },

    holders: async (reference) => findHolders(database, (await resolveVersion(database, reference)).id),

    delete: (reference, { force = false } = {}) =>
      database.transaction().execute(async (transaction) => {
        const { id } = await resolveVersion(transaction, reference);
        const found = await findHolders(transaction, id);
        const holders = describeHolders(found);
        if (holders.length > 0 && !force) {
          throw new RegraftError({
            code: 'record-conflict',
            message: `A version can be deleted when nothing refers to it. Received: ${versionId(id)}, held by ${holders.join(', ')}`,
            hint: 'Move the alias, delete the child or wait for the run first, or force it (--force): aliases are removed then, and a child has no parent any more.',
            details: { version: versionId(id), holders },
          });
        }
        for (const name of found.aliases) await recordAliasMove(transaction, name, id, null);
        await transaction.deleteFrom('aliases').where('version_id', '=', id).execute();
        await transaction.deleteFrom('versions').where('id', '=', id).execute();
      }),
  };
};

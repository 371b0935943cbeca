import { RegraftError } from '@regraft/errors';
import type { Selectable } from 'kysely';
import { type BlobContent, writeWithBlobs } from '../blobs/blob-references.js';
import { decodeJson, encodeJson } from '../database/json-column.js';
import type { DatasetTable } from '../database/schema.js';
import type { StoreContext } from '../store-context.js';

export interface NewDataset {
  readonly name: string;
  /** The folder or file that it was read from. */
  readonly path: string;
  /** What is in it: its content, or the sha256 of a blob. Two data sets of one manifest are one. */
  readonly manifest: BlobContent;
  /** Count of images. */
  readonly images: number;
  readonly labels: readonly string[];
  readonly details?: unknown;
}

export interface Dataset {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  /** sha256 of the blob of the manifest. */
  readonly manifest: string;
  readonly images: number;
  readonly labels: readonly string[];
  readonly details: unknown;
  readonly createdAt: Date;
}

/** The data sets that runs and evaluations were made on. */
export interface DatasetStore {
  /** Records a data set; one that is there already keeps its id and takes the new name, path and details. */
  record(dataset: NewDataset): Promise<Dataset>;
  /** Throws 'record-not-found' where there is none of that id. */
  get(id: number): Promise<Dataset>;
  /** All, newest first. */
  list(): Promise<Dataset[]>;
}

const readDataset = (row: Selectable<DatasetTable>): Dataset => ({
  id: row.id,
  name: row.name,
  path: row.path,
  manifest: row.manifest,
  images: row.images,
  labels: decodeJson(row.labels) as readonly string[],
  details: decodeJson(row.details),
  createdAt: new Date(row.created_at),
});

/** The data sets of a store. */
export const createDatasetStore = (context: StoreContext): DatasetStore => ({
  record: ({ name, path, manifest, images, labels, details = null }) =>
    writeWithBlobs(context, [manifest], async (transaction, [blob]) => {
      const renewed = { name, path, images, labels: encodeJson(labels), details: encodeJson(details) };
      const row = await transaction
        .insertInto('datasets')
        .values({ ...renewed, manifest: blob!.sha256, created_at: Date.now() })
        .onConflict((conflict) => conflict.column('manifest').doUpdateSet(renewed))
        .returningAll()
        .executeTakeFirstOrThrow();
      return readDataset(row);
    }),

  get: async (id) => {
    const row = await context.database
      .selectFrom('datasets')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (row) return readDataset(row);
    throw new RegraftError({
      code: 'record-not-found',
      message: `A data set must be in the store. Received: data set ${id}`,
      details: { dataset: id },
    });
  },

  list: async () =>
    (await context.database.selectFrom('datasets').selectAll().orderBy('id', 'desc').execute()).map(
      readDataset,
    ),
});

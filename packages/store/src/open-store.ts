import { resolve } from 'node:path';
import { RegraftError } from '@regraft/errors';
import type { Kysely } from 'kysely';
import { createActivationCache } from './activations/activation-cache.js';
import { cacheLimitFromEnvironment } from './activations/cache-limit.js';
import { createAliasStore } from './aliases/alias-store.js';
import { createBlobStore } from './blobs/blob-store.js';
import { migrate, requireLatestSchema } from './database/migrate.js';
import { type OpenDatabaseOptions, openDatabase } from './database/open-database.js';
import type { Schema } from './database/schema.js';
import { createDatasetStore } from './datasets/dataset-store.js';
import { createEvaluationStore } from './evaluations/evaluation-store.js';
import { createEventStore } from './events/event-store.js';
import { createKnownFileStore } from './known-files/known-file-store.js';
import { checkStore } from './maintenance/check-store.js';
import { collectLitter } from './maintenance/collect-litter.js';
import { summarizeStore } from './maintenance/summarize-store.js';
import { prepareFolder } from './prepare-folder.js';
import { createRunStore } from './runs/run-store.js';
import type { Store } from './store.js';
import type { StoreContext } from './store-context.js';
import { type StoreLayout, storeLayout } from './store-layout.js';
import { createVersionStore } from './versions/version-store.js';

export interface OpenStoreOptions {
  /** `create` (the default) makes a store where there is none; `read-only` writes nothing into the folder. */
  readonly mode?: 'create' | 'existing' | 'read-only';
  /** How long to wait for the lock of another process before 'store-busy': 15 seconds unless told. */
  readonly busyMilliseconds?: number;
  /** Bytes that the activation cache may take: `REGRAFT_CACHE_LIMIT`, else 5 GB, unless told. */
  readonly cacheLimit?: number;
}

/** A store whose records cannot be read cannot check itself either. */
const explainUnreadable = (error: unknown): unknown => {
  if (!RegraftError.isInstance(error) || error.code !== 'store-corrupt') return error;
  const { code, message, cause, details } = error;
  const hint =
    'Put a copy of its store.db back, or move the folder away and begin a new store. The content of its models is under blobs/.';
  return new RegraftError({ code, message, hint, cause, details });
};

const openRecords = async (layout: StoreLayout, options: OpenDatabaseOptions): Promise<Kysely<Schema>> => {
  try {
    const database = await openDatabase(layout, options);
    try {
      await (options.readOnly ? requireLatestSchema(database, layout.root) : migrate(database, layout.root));
      return database;
    } catch (error) {
      await database.destroy();
      throw error;
    }
  } catch (error) {
    throw explainUnreadable(error);
  }
};

/**
 * Opens the store in a folder. Throws 'store-not-found', 'store-read-only', 'store-newer', 'store-corrupt',
 * 'store-full' or 'store-busy' where it cannot be used.
 *
 * @example
 * const store = await openStore(findStorePath());
 * const run = await store.runs.create({ kind: 'fit', recipe: { epochs: 3 } });
 * await store.close();
 */
export const openStore = async (path: string, options: OpenStoreOptions = {}): Promise<Store> => {
  const { mode = 'create', busyMilliseconds = 15_000 } = options;
  const cacheLimit = options.cacheLimit ?? cacheLimitFromEnvironment(process.env);
  const layout = storeLayout(resolve(path));
  const readOnly = mode === 'read-only';
  await prepareFolder(layout, mode);
  const database = await openRecords(layout, { readOnly, busyMilliseconds });
  const context: StoreContext = { layout, database, readOnly };
  const blobs = createBlobStore(context);
  return {
    path: layout.root,
    readOnly,
    blobs,
    datasets: createDatasetStore(context),
    runs: createRunStore(context),
    events: createEventStore(context),
    versions: createVersionStore(context, blobs),
    aliases: createAliasStore(context),
    evaluations: createEvaluationStore(context),
    knownFiles: createKnownFileStore(context),
    activations: createActivationCache(context, cacheLimit),
    check: (options) => checkStore(context, options),
    gc: (options) => collectLitter(context, options),
    summary: () => summarizeStore(context),
    close: () => database.destroy(),
  };
};

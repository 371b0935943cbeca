import type { ActivationCache } from './activations/activation-cache.js';
import type { AliasStore } from './aliases/alias-store.js';
import type { BlobStore } from './blobs/blob-store.js';
import type { DatasetStore } from './datasets/dataset-store.js';
import type { EvaluationStore } from './evaluations/evaluation-store.js';
import type { EventStore } from './events/event-store.js';
import type { KnownFileStore } from './known-files/known-file-store.js';
import type { CheckStoreOptions } from './maintenance/check-store.js';
import type { CollectLitterOptions } from './maintenance/collect-litter.js';
import type { CollectedLitter, StoreReport } from './maintenance/store-report.js';
import type { StoreSummary } from './maintenance/summarize-store.js';
import type { RunStore } from './runs/run-store.js';
import type { VersionStore } from './versions/version-store.js';

/**
 * An open store: SQLite for the records, files for the content.
 *
 * Any method may throw 'store-not-found' (removed meanwhile), 'store-read-only', 'store-busy', 'store-full' and
 * 'store-corrupt'; none of them leaves anything half-written.
 */
export interface Store {
  /** Absolute path of the store's folder. */
  readonly path: string;
  readonly readOnly: boolean;
  readonly blobs: BlobStore;
  readonly datasets: DatasetStore;
  readonly runs: RunStore;
  readonly events: EventStore;
  readonly versions: VersionStore;
  readonly aliases: AliasStore;
  readonly evaluations: EvaluationStore;
  readonly knownFiles: KnownFileStore;
  readonly activations: ActivationCache;
  /** Verifies every blob, shard and reference, and mends what it can where asked to. */
  check(options?: CheckStoreOptions): Promise<StoreReport>;
  /** Removes what nothing refers to, or lists it. */
  gc(options?: CollectLitterOptions): Promise<CollectedLitter>;
  summary(): Promise<StoreSummary>;
  close(): Promise<void>;
}
